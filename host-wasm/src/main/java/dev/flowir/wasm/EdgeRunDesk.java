package dev.flowir.wasm;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.kernel.host.Envelope;
import dev.flowir.kernel.journal.JournalFault;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Begins durable runs, tells how they stand, and brings them signals: one kind for each route. */
final class EdgeRunDesk implements EdgeDesk {

    /** Names the run in paths. */
    static final String RUN = "run";

    /** Names the signal in paths. */
    static final String SIGNAL = "signal";

    /** Names the node in paths. */
    static final String NODE = "node";

    private static final String REASON = "asked for by a request";

    private static final double NO_LIMIT = -1;

    /** What a route is for. */
    enum Purpose {
        START,
        LOOK,
        SIGNAL,
        ANSWER,
        PAUSE,
        RESUME,
        UNDO,
        END,
        RESTART,
        JOURNAL
    }

    private final Purpose purpose;

    EdgeRunDesk(Purpose purpose) {
        this.purpose = purpose;
    }

    /** Whether runs can be begun anew here. */
    boolean restarts() {
        return purpose == Purpose.RESTART;
    }

    /** What came back from the run's object: an answer, or a refusal and its fault. */
    record Answer(String text, String fault, boolean refused) {

        /** The fault of a refusal; empty when the object did not say one. */
        Optional<JournalFault> known() {
            for (JournalFault one : JournalFault.values()) {
                if (one.name().equals(fault)) {
                    return Optional.of(one);
                }
            }
            return Optional.empty();
        }
    }

    /** Asks the object of a run, and waits for its answer. */
    static Answer reach(String run, String call, String input) {
        JsObjects objects = Isolate.platform().objects(EdgeRuns.CLASS);
        Isolate.Call<Answer> made = Isolate.call();
        objects.wire(objects.idOf(run), run)
                .call(
                        call,
                        input,
                        NO_LIMIT,
                        text -> made.done(new Answer(text, "", false)),
                        (fault, why) -> made.done(new Answer(why, fault, true)));
        return made.await();
    }

    /** What names a run. */
    static final String NO_RUN =
            "is no id of a run: 1 to 100 letters, digits, '_' and '-', not beginning with '-'";

    static boolean isRun(String run) {
        return isName(run) && !run.startsWith("-");
    }

    @Override
    public EdgeReply answer(Asked asked) {
        return switch (purpose) {
            case START -> start(asked);
            case LOOK -> ask(asked, "look", "", 200);
            case SIGNAL -> signal(asked);
            case ANSWER -> answered(asked);
            case PAUSE -> ask(asked, EdgeSteering.PAUSE, "", 202);
            case RESUME -> ask(asked, EdgeSteering.RESUME, "", 202);
            case UNDO -> ask(asked, EdgeSteering.UNDO, REASON, 202);
            case END -> ask(asked, EdgeSteering.END, REASON, 202);
            case RESTART ->
                    ask(asked, EdgeSteering.RESTART, asked.path().getOrDefault(NODE, ""), 202);
            case JOURNAL -> journal(asked);
        };
    }

    private static EdgeReply start(Asked asked) {
        String given;
        try {
            Object input =
                    new Payload(asked.route(), asked.host().forms())
                            .read(asked.body(), asked.path(), asked.query());
            given = write(asked, asked.route().flow().input(), input);
        } catch (CodecException refused) {
            return EdgeReply.Whole.error(Envelope.badInput(refused, asked.id()));
        }
        String run =
                asked.request()
                        .header("idempotency-key")
                        .orElseGet(() -> asked.host().platform().uuid());
        String named = asked.route().flow().name() + "\n" + given;
        EdgeReply.Whole reply = ask(asked, run, "start", named, 202);
        return reply.status() == 202
                ? reply.header("location", asked.request().path() + "/" + run)
                : reply;
    }

    @SuppressWarnings("unchecked") // the flow's types say what its values are
    private static <T> String write(Asked asked, Type<T> type, Object value) throws CodecException {
        return asked.host().forms().edge(type).write((T) value);
    }

    private static EdgeReply signal(Asked asked) {
        String name = String.valueOf(asked.path().get(SIGNAL));
        if (!isName(name)) {
            return refused(JournalFault.INVALID, "'" + name + "' is no name of a signal", asked);
        }
        return ask(asked, "signal", name + "\n" + asked.body(), 202);
    }

    /** {@code {"answer":…,"by":…}}, for the node that the path names. */
    private static EdgeReply answered(Asked asked) {
        String node = String.valueOf(asked.path().get(NODE));
        JsonValue said;
        try {
            said = asked.host().forms().edge(Type.of(JsonValue.class)).read(asked.body());
        } catch (CodecException refused) {
            return EdgeReply.Whole.error(Envelope.badInput(refused, asked.id()));
        }
        if (said instanceof JsonValue.Obj(Map<String, JsonValue> members)
                && members.keySet().equals(Set.of("answer", "by"))
                && members.get("by") instanceof JsonValue.Text(String by)
                && by.indexOf('\n') < 0
                && node.indexOf('\n') < 0) {
            String answer = EdgeReply.text(members.getOrDefault("answer", JsonValue.nil()));
            return ask(asked, EdgeSteering.ANSWER, node + "\n" + by + "\n" + answer, 202);
        }
        return refused(
                JournalFault.INVALID,
                "an answer is {\"answer\":…,\"by\":…}, with who gives it on one line",
                asked);
    }

    private static EdgeReply journal(Asked asked) {
        EdgeReply.Whole reply = ask(asked, "journal", "", 200);
        return reply.status() == 200
                ? reply.header("content-type", "text/plain; charset=utf-8")
                : reply;
    }

    private static EdgeReply.Whole ask(Asked asked, String call, String input, int status) {
        return ask(asked, String.valueOf(asked.path().get(RUN)), call, input, status);
    }

    private static EdgeReply.Whole ask(
            Asked asked, String run, String call, String input, int status) {
        if (!isRun(run)) {
            return refused(JournalFault.INVALID, "'" + run + "' " + NO_RUN, asked);
        }
        return answered(run, call, input, status, asked);
    }

    /** What an object answers, as the answer of a request. */
    static EdgeReply.Whole answered(
            String object, String call, String input, int status, Asked asked) {
        Answer answer = reach(object, call, input);
        if (!answer.refused()) {
            return EdgeReply.Whole.json(status, answer.text());
        }
        Optional<JournalFault> fault = answer.known();
        if (fault.isPresent()) {
            return refused(fault.get(), answer.text(), asked);
        }
        asked.host()
                .platform()
                .log("run " + object + " did not answer, id=" + asked.id() + ": " + answer.text());
        return EdgeHost.error(503, "the run did not answer; ask again", asked.id());
    }

    static EdgeReply.Whole refused(JournalFault fault, String why, Asked asked) {
        int status =
                switch (fault) {
                    case INVALID -> 400;
                    case NOT_FOUND -> 404;
                    case ALREADY_EXISTS, WRONG_STATE, NOT_ASKED, AMBIGUOUS, DUPLICATE -> 409;
                    case TOO_LARGE -> 413;
                    case FULL -> 429;
                    case NOT_LOADED -> 503;
                    default -> 500;
                };
        return EdgeReply.Whole.error(Envelope.of(status, fault.code(), why, Map.of(), asked.id()));
    }

    /** As ids and names of signals are on a JVM. */
    static boolean isName(String text) {
        boolean fits = !text.isEmpty() && text.length() <= EdgeRunLimits.MAX_NAME_LENGTH;
        for (int i = 0; fits && i < text.length(); i++) {
            char c = text.charAt(i);
            fits =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || c == '_'
                            || c == '-';
        }
        return fits;
    }
}
