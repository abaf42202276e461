package dev.flowir.examples.microcos;

import dev.flowir.examples.microcos.Inputs.Track;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.kernel.cap.IsoInstant;
import dev.flowir.object.ObjectCall;
import dev.flowir.object.log.Envelope;
import dev.flowir.object.log.LogView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everything that belongs together, asked for by any id of it. */
final class Tracing {

    private static final int PAGE = 500;

    /** Looks through a log for what belongs to an id. */
    static final ObjectCall<LogView<Chat, Said>, String, Traced> TRACE =
            ObjectCall.reading(
                    "trace", String.class, Traced.class, (log, id) -> traced(id, all(log)));

    private final Chats chats;

    Tracing(Chats chats) {
        this.chats = chats;
    }

    /** What is known of an id. */
    sealed interface Traced {}

    /**
     * What belongs to an id.
     *
     * @param id what was asked for
     * @param requests requests, in the order in which they came
     */
    record Trace(String id, List<Request> requests) implements Traced {}

    /**
     * Nothing that is still in the log has the id.
     *
     * @param error a word for it
     * @param id what was asked for
     */
    record Untraced(String error, String id) implements Traced {}

    /**
     * A request and the work that it began.
     *
     * @param requestId its id
     * @param operations what it began; each is the run of the same id
     */
    record Request(String requestId, List<Operation> operations) {}

    /**
     * Some work.
     *
     * @param operationId its id
     * @param steps what it brought about, in order
     */
    record Operation(String operationId, List<Step> steps) {}

    /**
     * An event.
     *
     * @param version its place in the log
     * @param eventId its id
     * @param type its type
     * @param timestamp when
     * @param call the call of a tool or the model that it records
     */
    record Step(
            long version,
            String eventId,
            String type,
            String timestamp,
            Optional<Said.Called> call) {}

    Flow<Track, Traced> trace() {
        Node<Track, Traced> trace =
                Node.reads(
                        "trace",
                        Track.class,
                        Traced.class,
                        Chats.LOOK,
                        (objects, in, context) -> chats.of(objects, in.user()).ask(TRACE, in.id()));
        return Flow.define(
                "chat-trace", ChatFlows.VERSION, Track.class, (g, in) -> g.then(in, trace));
    }

    /** Events that are still in the log: at most as many as it keeps. */
    private static List<Envelope<Said>> all(LogView<Chat, Said> log) {
        List<Envelope<Said>> all = new ArrayList<>();
        List<Envelope<Said>> page = log.events(0, PAGE);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = log.events(page.getLast().version(), PAGE);
        }
        return all;
    }

    static Traced traced(String id, List<Envelope<Said>> events) {
        Set<String> requests = new HashSet<>();
        for (Envelope<Said> event : events) {
            if (has(event, id)) {
                requests.add(request(event));
            }
        }
        Map<String, Map<String, List<Step>>> tree = new LinkedHashMap<>();
        for (Envelope<Said> event : events) {
            if (requests.contains(request(event))) {
                tree.computeIfAbsent(request(event), any -> new LinkedHashMap<>())
                        .computeIfAbsent(operation(event), any -> new ArrayList<>())
                        .add(step(event));
            }
        }
        if (tree.isEmpty()) {
            return new Untraced("nothing has this id", id);
        }
        List<Request> all = new ArrayList<>();
        for (Map.Entry<String, Map<String, List<Step>>> request : tree.entrySet()) {
            all.add(new Request(request.getKey(), operations(request.getValue())));
        }
        return new Trace(id, all);
    }

    private static List<Operation> operations(Map<String, List<Step>> steps) {
        List<Operation> all = new ArrayList<>();
        for (Map.Entry<String, List<Step>> operation : steps.entrySet()) {
            all.add(new Operation(operation.getKey(), List.copyOf(operation.getValue())));
        }
        return all;
    }

    private static boolean has(Envelope<Said> event, String id) {
        return id.equals(event.eventId())
                || id.equals(event.requestId().orElse(""))
                || id.equals(event.operationId().orElse(""))
                || id.equals(event.clientActionId().orElse(""));
    }

    private static String request(Envelope<Said> event) {
        return event.requestId().orElse(event.eventId());
    }

    private static String operation(Envelope<Said> event) {
        return event.operationId().orElse(event.eventId());
    }

    private static Step step(Envelope<Said> event) {
        return new Step(
                event.version(),
                event.eventId(),
                event.type(),
                IsoInstant.text(event.timestamp()),
                event.payload() instanceof Said.Called called
                        ? Optional.of(called)
                        : Optional.empty());
    }
}
