package dev.flowir.servlet;

import dev.flowir.kernel.form.FormException;
import dev.flowir.kernel.form.FormLimits;
import dev.flowir.kernel.form.FormReader;
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
import java.util.function.BiConsumer;
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
    private final WireHost wires;

    Host(Routes routes) {
        this.settings = routes.settings();
        this.table = routes.table();
        this.starter = routes.starter();
        this.admission = new Admission(settings.limits());
        this.wires = new WireHost(settings, admission);
    }

    Admission admission() {
        return admission;
    }

    FlowStarter starter() {
        return starter;
    }

    int openSockets() {
        return wires.openSockets();
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
                        case WireRoute route ->
                                reply = connect(route, head, request, response, startNanos);
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
            String asked = template;
            String ofFlow = flow;
            answer(
                    reply.get(),
                    request,
                    response,
                    (given, outcome) ->
                            ended(
                                    new End(
                                            id,
                                            method,
                                            asked,
                                            ofFlow,
                                            Optional.empty(),
                                            given.status(),
                                            given.code(),
                                            outcome,
                                            System.nanoTime() - startNanos)));
        }
    }

    /** Answers a request that no flow gets, when nothing of its body can disturb the next. */
    private void answer(
            Reply reply,
            HttpServletRequest request,
            HttpServletResponse response,
            BiConsumer<Reply, Outcome> onEnd)
            throws IOException {
        String version = request.getProtocol();
        if (!Leftover.mayFollow(request) || !Leftover.isWorthWaiting(request)) {
            Reply now = Leftover.mayFollow(request) ? reply.closing() : reply;
            now.writeTo(response, version);
            onEnd.accept(now, Outcome.ANSWERED);
            return;
        }
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(0);
        Leftover.discard(
                request,
                settings.limits().bodyTimeout(),
                how -> {
                    Reply now = how == Leftover.End.CUT ? reply.closing() : reply;
                    Outcome outcome = Outcome.ANSWERED;
                    try {
                        now.writeTo(response, version);
                    } catch (IOException | IllegalStateException left) {
                        LOG.debug("client left: {}", left.toString());
                        outcome = Outcome.DISCONNECTED;
                    }
                    onEnd.accept(now, outcome);
                    complete(async);
                });
    }

    private static void complete(AsyncContext async) {
        try {
            async.complete();
        } catch (IllegalStateException ended) {
            LOG.trace("the container ended the request first", ended);
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
        Authorization who = who(route.options(), head);
        Optional<Reply> refusal = refusal(who, route, head, request);
        if (refusal.isPresent()) {
            return refusal;
        }
        Exchange exchange =
                new Exchange(
                        head,
                        route.flow().name(),
                        startNanos,
                        request,
                        response,
                        this::ended,
                        admission::leave);
        return switch (admission.enter(exchange)) {
            case DRAINING -> Optional.of(draining(head));
            case FULL -> Optional.of(full(head, "requests in flight"));
            case ADMITTED -> {
                begin(new FlowCall<>(this, route, exchange, who), request);
                yield Optional.empty();
            }
        };
    }

    private Optional<Reply> connect(
            WireRoute route,
            RequestHead head,
            HttpServletRequest request,
            HttpServletResponse response,
            long startNanos)
            throws IOException {
        if (admission.isDraining()) {
            return Optional.of(draining(head));
        }
        Authorization who = who(route.options(), head);
        Optional<Reply> refusal = refusal(who, route.options(), head);
        if (refusal.isPresent()) {
            return refusal;
        }
        return wires.serve(
                route,
                head,
                who,
                request,
                response,
                onLeave ->
                        new Exchange(
                                head, "", startNanos, request, response, this::ended, onLeave));
    }

    private static Authorization who(RouteOptions options, RequestHead head) {
        return options.authorizer()
                .map(authorizer -> authorizer.decide(head))
                .orElseGet(Authorization::allowed);
    }

    private void begin(FlowCall<?, ?> call, HttpServletRequest request) throws IOException {
        Exchange exchange = call.exchange();
        boolean begun = false;
        try {
            exchange.goAsync();
            if (exchange.isCancelled()) {
                exchange.answer(draining(exchange.head()));
            } else {
                await(call, request);
            }
            begun = true;
        } catch (IllegalStateException ended) {
            if (!exchange.isAnswered()) {
                throw ended;
            }
            LOG.trace("shut down while it began, id={}", exchange.head().requestId(), ended);
        } finally {
            if (!begun) {
                // the container answers, and may never say that the request is over
                admission.leave(exchange);
            }
        }
    }

    private void await(FlowCall<?, ?> call, HttpServletRequest request) throws IOException {
        Duration timeout = settings.limits().bodyTimeout();
        Optional<FormOptions> form = call.route().options().upload();
        if (form.isPresent()) {
            FormArrival.await(call, form.get(), request, timeout);
        } else {
            BodyArrival.await(call, request, timeout);
        }
    }

    /** Who and how often: what is looked at before anything else. */
    private static Optional<Reply> refusal(
            Authorization who, RouteOptions options, RequestHead head) {
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
        return options.rateLimit()
                .flatMap(limit -> limit.refusal(head))
                .map(wait ->
                        Reply.error(Envelope.of(429, "too many requests", id)).retryAfter(wait));
    }

    private Optional<Reply> refusal(
            Authorization who,
            FlowRoute<?, ?> route,
            RequestHead head,
            HttpServletRequest request) {
        String id = head.requestId();
        Optional<Reply> first = refusal(who, route.options(), head);
        if (first.isPresent()) {
            return first;
        }
        Optional<FormOptions> form = route.options().upload();
        if (form.isEmpty() && request.getContentLengthLong() > route.options().maxBodyBytes()) {
            return Optional.of(BodyArrival.tooLarge(route, id));
        }
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
            return Optional.of(
                    Reply.error(Envelope.of(415, "the body must not be compressed", id))
                            .header("Accept-Encoding", "identity"));
        }
        if (form.isPresent()) {
            return refusal(form.get().limits(), request).map(no -> Reply.error(no.envelope(id)));
        }
        String type = request.getContentType();
        if (route.reader().wantsJson() && Leftover.mayFollow(request) && !isJson(type)) {
            return Optional.of(
                    Reply.error(Envelope.of(415, "the body must be application/json in UTF-8", id))
                            .header("Accept", "application/json"));
        }
        return Optional.empty();
    }

    /** What is wrong with a form before any of it was read. */
    private static Optional<FormException> refusal(FormLimits limits, HttpServletRequest request) {
        if (request.getContentLengthLong() > limits.maxBytes()) {
            return Optional.of(FormException.tooLarge("the form", limits.maxBytes()));
        }
        try {
            FormReader.boundary(request.getContentType());
            return Optional.empty();
        } catch (FormException refused) {
            return Optional.of(refused);
        }
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

    static Reply draining(RequestHead head) {
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
        wires.drain();
        List<Exchange> late = admission.awaitEmpty(limit);
        for (Exchange exchange : late) {
            exchange.shutDown("the server is shutting down", draining(exchange.head()));
        }
        List<Exchange> stuck = late.isEmpty() ? late : admission.awaitEmpty(afterCancel);
        return new FlowServlet.Drained(late.size(), stuck.size());
    }
}
