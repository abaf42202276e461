package dev.flowir.wasm;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.host.Envelope;
import dev.flowir.kernel.host.Envelope.Causes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a flow for one request, in the request's coroutine. */
final class EdgeCall {

    private static final String DEADLINE_HEADER = "x-deadline-ms";

    /** Reason of a run's cancellation when nobody waits for its answer. */
    static final String CLIENT_LEFT = "the client left";

    private final EdgeHost host;
    private final EdgeRoute route;
    private final EdgeRequest request;
    private final String id;

    EdgeCall(EdgeHost host, EdgeRoute route, EdgeRequest request, String id) {
        this.host = host;
        this.route = route;
        this.request = request;
        this.id = id;
    }

    EdgeReply notText() {
        return EdgeReply.Whole.error(
                Envelope.badInput(
                        new CodecException(
                                "DATA201", "", 0, 0, "the body is not UTF-8", "send UTF-8"),
                        id));
    }

    EdgeReply run(String body, Map<String, String> path, Map<String, List<String>> query) {
        EdgeDesk desk = route.desk();
        if (desk != null) {
            return desk.answer(new EdgeDesk.Asked(host, route, request, body, path, query, id));
        }
        Object input;
        EdgeLimit limit;
        try {
            input = new Payload(route, host.forms()).read(body, path, query);
            limit = limit();
        } catch (CodecException refused) {
            return EdgeReply.Whole.error(Envelope.badInput(refused, id));
        }
        return route.program(host).answer(this, input, limit);
    }

    Platform platform() {
        return host.platform();
    }

    EdgeHost host() {
        return host;
    }

    EdgeRequest request() {
        return request;
    }

    String id() {
        return id;
    }

    /** Binds the run, so that a client that leaves, or has left, cancels it. */
    void started(EdgeRun run) {
        request.started(run);
    }

    private EdgeLimit limit() throws CodecException {
        long budgetNanos = host.limits().budget().toNanos();
        Optional<Duration> configured = route.options().deadline();
        long askedNanos = configured.map(Duration::toNanos).orElse(Long.MAX_VALUE);
        Optional<String> header = request.header(DEADLINE_HEADER);
        if (header.isPresent()) {
            String text = header.get().strip();
            if (text.length() > 12 || !Query.isDigits(text)) {
                throw new CodecException(
                        "HTTP400",
                        "",
                        0,
                        0,
                        "header " + DEADLINE_HEADER + " must be a whole number of milliseconds",
                        "send for example " + DEADLINE_HEADER + ": 500");
            }
            askedNanos = Math.min(askedNanos, Long.parseLong(text) * 1_000_000);
        }
        return new EdgeLimit(Math.min(budgetNanos, askedNanos), budgetNanos < askedNanos);
    }

    /** The answer to a run that gives a stream. */
    EdgeReply stream(ItemStream<?> items, Runnable left) {
        EdgeEvents events = new EdgeEvents(host, route, request, id);
        return new EdgeReply.Stream(sink -> events.pump(items, sink), left);
    }

    /** The answer to a run that gave a value. */
    EdgeReply answer(Object value) {
        try {
            for (Map.Entry<Class<?>, Integer> mapped : route.options().statuses().entrySet()) {
                if (mapped.getKey().isInstance(value)) {
                    return EdgeReply.Whole.json(
                            mapped.getValue(), write(Type.of(mapped.getKey()), value));
                }
            }
            return EdgeReply.Whole.json(200, write(route.flow().output(), value));
        } catch (CodecException unwritable) {
            return EdgeReply.Whole.error(
                    Envelope.of(
                            500,
                            unwritable.code(),
                            "the output cannot be written as JSON",
                            Map.of("pointer", JsonValue.text(unwritable.pointer())),
                            id));
        }
    }

    @SuppressWarnings("unchecked") // the flow's types say what its values are
    private <T> String write(Type<T> type, Object value) throws CodecException {
        return host.forms().edge(type).write((T) value);
    }

    /** The answer to a run that gave none. */
    EdgeReply fail(Failure failure) {
        host.platform()
                .log(
                        "flow '"
                                + route.flow().name()
                                + "' gave no value, id="
                                + id
                                + ": "
                                + failure.code()
                                + " "
                                + failure.message());
        Envelope envelope = Envelope.failed(failure, Causes.HIDDEN, id);
        if (Query.lower(request.header("accept").orElse("")).contains("text/event-stream")) {
            return EdgeReply.Whole.event(envelope);
        }
        EdgeReply.Whole reply = EdgeReply.Whole.error(envelope);
        return failure instanceof Failure.Refused refused
                ? reply.retryAfter(refused.retryAfter())
                : reply;
    }
}
