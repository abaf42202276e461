package dev.flowir.servlet;

import dev.flowir.kernel.host.Envelope;
import dev.flowir.kernel.host.RouteTable;
import dev.flowir.servlet.RequestListener.End;
import dev.flowir.servlet.RequestListener.Outcome;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a request up to its flow: route, authorization, limits, body. All of it on the
 * container's threads, none of which ever waits; the run itself is {@link FlowCall}'s.
 */
final class Host {

    private static final Logger LOG = LoggerFactory.getLogger(FlowServlet.class);

    /** What a refused client is told to wait when nothing better is known. */
    private static final Duration RETRY_SOON = Duration.ofSeconds(1);

    private final HostSettings settings;
    private final RouteTable<RouteHandler> table;
    private final FlowStarter starter;
    private final Admission admission;

    Host(Routes routes) {
        this.settings = routes.settings();
        this.table = routes.table();
        this.starter = routes.starter();
        this.admission = new Admission(settings.limits());
    }

    Admission admission() {
        return admission;
    }

    FlowStarter starter() {
        return starter;
    }

    HostSettings settings() {
        return settings;
    }

    /** Answers at once, or starts the asynchronous way. */
    void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        long startNanos = System.nanoTime();
        String id = HeadReader.requestId(request);
        response.setHeader("x-request-id", id);
        String method = request.getMethod();
        String path = HeadReader.path(request);
        RouteTable.Match<RouteHandler> match = table.find(method, path);
        String template = "";
        String flow = "";
        Optional<Reply> reply;
        try {
            switch (match) {
                case RouteTable.Found<RouteHandler> found -> {
                    template = found.template().toString();
                    RequestHead head =
                            HeadReader.read(
                                    request,
                                    id,
                                    path,
                                    template,
                                    found.parameters(),
                                    settings.limits());
                    switch (found.handler()) {
                        case PageRoute page -> reply = Optional.of(page.reply(head));
                        case FlowRoute<?, ?> route -> {
                            flow = route.flow().name();
                            reply = serve(route, head, request, response, startNanos);
                        }
                    }
                }
                case RouteTable.OtherMethods<RouteHandler> other -> {
                    template = other.template().toString();
                    reply = Optional.of(otherMethods(method, other.allow(), id));
                }
                case RouteTable.Nothing<RouteHandler> nothing -> reply = Optional.of(nothing(id));
            }
        } catch (HeadReader.Refused refused) {
            reply = Optional.of(refused.reply(id));
        }
        if (reply.isPresent()) {
            Reply now = reply.get();
            now.writeTo(response);
            ended(
                    new End(
                            id,
                            method,
                            template,
                            flow,
                            Optional.empty(),
                            now.status(),
                            now.code(),
                            Outcome.ANSWERED,
                            System.nanoTime() - startNanos));
        }
    }

    private Reply otherMethods(String method, String allow, String id) {
        if (method.equals("OPTIONS")) {
            return new Reply(204, "", Reply.JSON, Map.of("Allow", allow), new byte[0]);
        }
        return settings.otherwise()
                .orElseGet(() -> Reply.error(Envelope.of(405, "method not allowed", id)))
                .header("Allow", allow);
    }

    private Reply nothing(String id) {
        return settings.otherwise().orElseGet(() -> Reply.error(Envelope.of(404, "not found", id)));
    }

    private <I, O> Optional<Reply> serve(
            FlowRoute<I, O> route,
            RequestHead head,
            HttpServletRequest request,
            HttpServletResponse response,
            long startNanos)
            throws IOException {
        if (admission.isDraining()) {
            return Optional.of(draining(head));
        }
        Authorization who =
                route.options()
                        .authorizer()
                        .map(authorizer -> authorizer.decide(head))
                        .orElseGet(Authorization::allowed);
        Optional<Reply> refusal = refusal(who, route, head, request);
        if (refusal.isPresent()) {
            return refusal;
        }
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(0);
        Exchange exchange =
                new Exchange(
                        head,
                        route.flow().name(),
                        startNanos,
                        async,
                        response,
                        this::ended,
                        admission::leave);
        async.addListener(exchange);
        switch (admission.enter(exchange)) {
            case DRAINING -> exchange.answer(draining(head));
            case FULL -> exchange.answer(full(head, "requests in flight"));
            case ADMITTED -> readBody(new FlowCall<>(this, route, exchange, who), request);
        }
        return Optional.empty();
    }

    private Optional<Reply> refusal(
            Authorization who,
            FlowRoute<?, ?> route,
            RequestHead head,
            HttpServletRequest request) {
        String id = head.requestId();
        switch (who) {
            case Authorization.Unauthorized unknown -> {
                return Optional.of(
                        Reply.error(Envelope.of(401, "unauthorized", id))
                                .header("WWW-Authenticate", unknown.challenge()));
            }
            case Authorization.Forbidden known -> {
                return Optional.of(Reply.error(Envelope.of(403, "forbidden", id)));
            }
            case Authorization.Allowed allowed -> {
                // goes on below
            }
        }
        Optional<Duration> wait = route.options().rateLimit().flatMap(limit -> limit.refusal(head));
        if (wait.isPresent()) {
            return Optional.of(
                    Reply.error(Envelope.of(429, "too many requests", id)).retryAfter(wait.get()));
        }
        if (!route.reader().wantsBody()) {
            return Optional.empty();
        }
        if (request.getContentLengthLong() > route.options().maxBodyBytes()) {
            return Optional.of(tooLarge(route, id));
        }
        boolean hasBody =
                request.getContentLengthLong() > 0 || head.header("transfer-encoding").isPresent();
        String type = request.getContentType();
        if (hasBody && route.reader().wantsJson() && !isJson(type)) {
            return Optional.of(
                    Reply.error(Envelope.of(415, "the body must be application/json in UTF-8", id))
                            .header("Accept", "application/json"));
        }
        return Optional.empty();
    }

    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        String type = parts[0].strip();
        boolean json = type.equals("application/json") || type.endsWith("+json");
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
                return false;
            }
        }
        return json;
    }

    private void readBody(FlowCall<?, ?> call, HttpServletRequest request) throws IOException {
        boolean certainlyEmpty = request.getContentLengthLong() == 0;
        if (!call.route().reader().wantsBody() || certainlyEmpty) {
            call.start(new byte[0]);
            return;
        }
        Exchange exchange = call.exchange();
        String id = exchange.head().requestId();
        CountDownLatch arrived = new CountDownLatch(1);
        BodyReader.Sink sink =
                new BodyReader.Sink() {
                    @Override
                    public void complete(byte[] body) {
                        arrived.countDown();
                        call.start(body);
                    }

                    @Override
                    public void tooLarge() {
                        arrived.countDown();
                        exchange.answer(Host.tooLarge(call.route(), id));
                    }

                    @Override
                    public void broken(Throwable cause) {
                        arrived.countDown();
                        LOG.debug("body broken, id={}: {}", id, cause.toString());
                        exchange.answer(
                                Reply.error(
                                                Envelope.of(
                                                        400,
                                                        "the body is broken or incomplete",
                                                        id))
                                        .closing());
                    }
                };
        request.getInputStream()
                .setReadListener(
                        new BodyReader(
                                request.getInputStream(),
                                call.route().options().maxBodyBytes(),
                                sink));
        Thread.ofVirtual().name("flow-http-body").start(() -> awaitBody(arrived, exchange));
    }

    /** Answers for a client that does not get done with its body. */
    private void awaitBody(CountDownLatch arrived, Exchange exchange) {
        try {
            long limitNanos = settings.limits().bodyTimeout().toNanos();
            if (!arrived.await(limitNanos, TimeUnit.NANOSECONDS)) {
                String id = exchange.head().requestId();
                exchange.answer(
                        Reply.error(Envelope.of(408, "the body is too slow", id)).closing());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static Reply tooLarge(FlowRoute<?, ?> route, String id) {
        return Reply.error(
                        Envelope.of(
                                413,
                                "the body is larger than "
                                        + route.options().maxBodyBytes()
                                        + " bytes",
                                id))
                .closing();
    }

    private static Reply draining(RequestHead head) {
        return Reply.error(Envelope.of(503, "the server is shutting down", head.requestId()))
                .retryAfter(RETRY_SOON)
                .closing();
    }

    static Reply full(RequestHead head, String what) {
        return Reply.error(Envelope.of(503, "too many " + what, head.requestId()))
                .retryAfter(RETRY_SOON);
    }

    void ended(End end) {
        LOG.debug(
                "{} {} -> {} {} {} in {} us, id={} run={}",
                end.method(),
                end.route(),
                end.status(),
                end.code(),
                end.outcome(),
                end.latencyNanos() / 1_000,
                end.requestId(),
                end.runId().orElse("-"));
        for (RequestListener listener : settings.listeners()) {
            try {
                listener.finished(end);
            } catch (RuntimeException broken) {
                LOG.warn("a request listener failed, id={}", end.requestId(), broken);
            }
        }
    }

    /** Refuses what comes, waits for what runs, then cancels it and waits a little more. */
    FlowServlet.Drained drain(Duration limit, Duration afterCancel) throws InterruptedException {
        admission.close();
        List<Exchange> late = admission.awaitEmpty(limit);
        late.forEach(exchange -> exchange.cancel("the server is shutting down"));
        List<Exchange> stuck = late.isEmpty() ? late : admission.awaitEmpty(afterCancel);
        return new FlowServlet.Drained(late.size(), stuck.size());
    }
}
