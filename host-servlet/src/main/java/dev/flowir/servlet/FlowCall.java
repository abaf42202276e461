package dev.flowir.servlet;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.Run;
import dev.flowir.kernel.form.FormException;
import dev.flowir.kernel.host.Envelope;
import dev.flowir.servlet.HostSettings.UserSource;
import dev.flowir.servlet.RequestListener.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a flow for one request, on a virtual thread of its own: it waits for the run and for a slow
 * client, and no thread of the container does.
 *
 * @param <I> input of the flow
 * @param <O> output of the flow
 */
final class FlowCall<I, O> {

    private static final Logger LOG = LoggerFactory.getLogger(FlowServlet.class);

    private static final String DEADLINE_HEADER = "x-deadline-ms";

    private final Host host;
    private final FlowRoute<I, O> route;
    private final Exchange exchange;
    private final Authorization who;

    FlowCall(Host host, FlowRoute<I, O> route, Exchange exchange, Authorization who) {
        this.host = host;
        this.route = route;
        this.exchange = exchange;
        this.who = who;
    }

    FlowRoute<I, O> route() {
        return route;
    }

    Exchange exchange() {
        return exchange;
    }

    void start(byte[] body) {
        Thread.ofVirtual().name("flow-http-", 0).start(() -> guarded(new Arrived.Bytes(body)));
    }

    /** Runs the flow on this thread. */
    void guarded(Arrived body) {
        RequestHead head = exchange.head();
        try {
            call(body);
        } catch (InterruptedException stopped) {
            exchange.cancel("the server is shutting down");
            exchange.answer(Reply.error(Envelope.of(503, "execution cancelled", head.requestId())));
            Thread.currentThread().interrupt();
        } catch (RuntimeException | StackOverflowError bug) {
            LOG.error("cannot serve {}", head, bug);
            exchange.cancel("the host failed");
            exchange.answer(Reply.error(Envelope.of(500, "internal error", head.requestId())));
            exchange.finish(Outcome.ANSWERED);
        }
    }

    private void call(Arrived body) throws InterruptedException {
        RequestHead head = exchange.head();
        Run<O> run;
        boolean begun = false;
        try {
            Invocation<I> invocation =
                    invocation(body.input(route.reader(), head, resumption(head)), head);
            body.keep();
            run = host.starter().start(route.flow(), invocation);
            begun = true;
        } catch (CodecException refused) {
            exchange.answer(Reply.error(Envelope.badInput(refused, head.requestId())));
            return;
        } catch (FormException refused) {
            exchange.answer(Reply.error(refused.envelope(head.requestId())));
            return;
        } finally {
            if (!begun) {
                body.discard();
            }
        }
        exchange.started(run);
        switch (run.await()) {
            case Result.Value<O> value -> answer(value.value());
            case Result.Failed<O> failed -> {
                if (failed.failure() instanceof Failure.Refused) {
                    body.discard(); // before its flow began
                }
                fail(failed.failure(), run.id());
            }
        }
    }

    private Map<String, String> resumption(RequestHead head) {
        Optional<String> last = head.header("last-event-id").filter(id -> !id.isEmpty());
        return last.isEmpty()
                ? Map.of()
                : route.options()
                        .resumption()
                        .map(how -> Map.of(how.member(), last.get()))
                        .orElse(Map.of());
    }

    private Invocation<I> invocation(I input, RequestHead head) throws CodecException {
        Optional<JsonValue> user =
                who instanceof Authorization.Allowed allowed ? allowed.user() : Optional.empty();
        if (user.isEmpty() && host.settings().user() == UserSource.TRUSTED_HEADER) {
            user = Metadata.userOf(head);
        }
        return new Invocation<>(
                input, deadline(head), Metadata.labels(head), Metadata.extensions(head, user));
    }

    private Optional<Duration> deadline(RequestHead head) throws CodecException {
        Optional<Duration> configured = route.options().deadline();
        Optional<String> asked = head.header(DEADLINE_HEADER);
        if (asked.isEmpty()) {
            return configured;
        }
        String text = asked.get().strip();
        if (text.isEmpty()
                || text.length() > 12
                || !text.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            throw new CodecException(
                    "HTTP400",
                    "",
                    0,
                    0,
                    "header " + DEADLINE_HEADER + " must be a whole number of milliseconds",
                    "send for example " + DEADLINE_HEADER + ": 500");
        }
        Duration wanted = Duration.ofMillis(Long.parseLong(text));
        return Optional.of(configured.filter(limit -> limit.compareTo(wanted) < 0).orElse(wanted));
    }

    private void answer(O value) throws InterruptedException {
        if (value instanceof ItemStream<?> items) {
            stream(items);
            return;
        }
        try {
            exchange.answer(route.reply(value));
        } catch (CodecException unwritable) {
            String id = exchange.head().requestId();
            LOG.warn(
                    "the output of flow '{}' cannot be written, id={}: {}",
                    route.flow().name(),
                    id,
                    unwritable.getMessage());
            exchange.answer(
                    Reply.error(
                            Envelope.of(
                                    500,
                                    unwritable.code(),
                                    "the output cannot be written as JSON",
                                    Map.of("pointer", JsonValue.text(unwritable.pointer())),
                                    id)));
        }
    }

    private void stream(ItemStream<?> items) throws InterruptedException {
        RequestHead head = exchange.head();
        if (host.admission().becomeStream(exchange) == Admission.Answer.FULL) {
            items.close();
            exchange.answer(Host.full(head, "open streams"));
            return;
        }
        if (head.method().equals("HEAD")) {
            exchange.open("");
            items.close();
            exchange.finish(Outcome.STREAMED);
            return;
        }
        new EventStream(
                        exchange,
                        route,
                        host.settings().limits().keepAlive(),
                        host.settings().causes())
                .pump(items);
    }

    private void fail(Failure failure, String runId) {
        RequestHead head = exchange.head();
        log(failure, runId);
        Envelope envelope = Envelope.failed(failure, host.settings().causes(), head.requestId());
        boolean asEvent =
                head.headers().getOrDefault("accept", List.of()).stream()
                        .anyMatch(accept ->
                                accept.toLowerCase(Locale.ROOT).contains("text/event-stream"));
        if (asEvent && exchange.open(envelope.code())) {
            exchange.send(EventStream.errorFrame(envelope.json()));
            exchange.finish(Outcome.ANSWERED);
            return;
        }
        Reply reply = Reply.error(envelope);
        if (failure instanceof Failure.Refused refused) {
            reply = reply.retryAfter(refused.retryAfter());
        }
        exchange.answer(reply);
    }

    private void log(Failure failure, String runId) {
        String id = exchange.head().requestId();
        String flow = route.flow().name();
        if (failure instanceof Failure.NodeFailed failed) {
            LOG.warn(
                    "flow '{}' failed in node '{}', run={} id={}",
                    flow,
                    failed.node(),
                    runId,
                    id,
                    failed.cause());
        } else {
            LOG.debug(
                    "flow '{}' gave no value, run={} id={}: {} {}",
                    flow,
                    runId,
                    id,
                    failure.code(),
                    failure.message());
        }
    }
}
