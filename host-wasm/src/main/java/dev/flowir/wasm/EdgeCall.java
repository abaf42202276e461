package dev.flowir.wasm;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.host.Envelope;
import dev.flowir.kernel.host.Envelope.Causes;
import dev.flowir.wasm.json.EdgeCodec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs a flow for one request that was let in. */
final class EdgeCall implements EdgeAdmission {

    private static final String DEADLINE_HEADER = "x-deadline-ms";

    /** Reason of a run's cancellation when nobody waits for its answer. */
    static final String CLIENT_LEFT = "the client left";

    private final EdgeHost host;
    private final EdgeRoute route;
    private final EdgeRequest request;
    private final Map<String, String> path;
    private final Map<String, List<String>> query;
    private final String id;

    EdgeCall(
            EdgeHost host,
            EdgeRoute route,
            EdgeRequest request,
            Map<String, String> path,
            Map<String, List<String>> query,
            String id) {
        this.host = host;
        this.route = route;
        this.request = request;
        this.path = path;
        this.query = query;
        this.id = id;
    }

    boolean wantsBody() {
        return route.wantsBody();
    }

    int maxBodyBytes() {
        return route.options().maxBodyBytes();
    }

    /** The answer when the request goes no further; null when its body may be read. */
    @Nullable EdgeReply stopped() {
        return route.stopped(this);
    }

    /** The answer to what was read of the request. */
    EdgeReply run(EdgeRequest.Body body) {
        return switch (body) {
            case EdgeRequest.Whole whole -> run(whole.text());
            case EdgeRequest.TooLarge large -> EdgeHost.tooLarge(maxBodyBytes(), id);
            case EdgeRequest.NotText bytes ->
                    EdgeReply.Whole.error(
                            Envelope.badInput(
                                    new CodecException(
                                            "DATA201",
                                            "",
                                            0,
                                            0,
                                            "the body is not UTF-8",
                                            "send UTF-8"),
                                    id));
            case EdgeRequest.Broken left ->
                    EdgeHost.error(400, "the body is broken or incomplete", id);
        };
    }

    /** The answer; waits for what the flow waits for. */
    EdgeReply run(String body) {
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

    /** Parameters of the path. */
    Map<String, String> path() {
        return path;
    }

    /** Binds the run, so that a client that leaves, or has left, cancels it. */
    void started(EdgeRun run) {
        request.started(run);
    }

    /** How long the answer may take, as the route and its client say. */
    EdgeLimit limit() throws CodecException {
        EdgeLimit own = route.limit(host.limits());
        Optional<String> header = request.header(DEADLINE_HEADER);
        if (header.isEmpty()) {
            return own;
        }
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
        long askedNanos = Long.parseLong(text) * 1_000_000;
        return askedNanos > own.nanos() ? own : new EdgeLimit(askedNanos, false);
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
                            mapped.getValue(),
                            write(host.forms().edge(Type.of(mapped.getKey())), value));
                }
            }
            return EdgeReply.Whole.json(200, write(route.written(host.forms()), value));
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
    private static <T> String write(EdgeCodec<T> codec, Object value) throws CodecException {
        return codec.write((T) value);
    }

    /** The answer to a run that gave none. */
    EdgeReply fail(Failure failure) {
        EdgeLog.failed("run failed", route.flow().name(), route.program(host), failure)
                .request(id)
                .to(host.platform());
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
