package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.Wait;
import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.RunCore;
import dev.flowir.kernel.journal.Value;
import java.util.List;

/** What somebody outside asks of a run that is under way, as the entry that it becomes. */
final class EdgeSteering {

    /** The calls of a run's object that become entries. */
    static final String ANSWER = "answer";

    static final String PAUSE = "pause";
    static final String RESUME = "resume";
    static final String UNDO = "undo";
    static final String END = "end";

    /** Becomes no entry: the run begins anew. */
    static final String RESTART = "restart";

    private static final int MAX_BY_LENGTH = 256;

    private EdgeSteering() {}

    /**
     * What is recorded.
     *
     * @param call what is asked
     * @param text a reason; of an answer the node, who gives it and the answer as JSON, a line each
     * @param core the run
     * @param atNanos when, on the run's clock
     * @param nowNanos when, in the world
     * @return the entry, or what is due when a run that is not paused shall go on
     */
    static List<Entry> entries(
            String call, String text, RunCore core, long atNanos, long nowNanos) {
        return switch (call) {
            case ANSWER -> List.of(answer(core.flow(), text, atNanos));
            case PAUSE -> List.of(new Entry.Paused(atNanos));
            case RESUME -> {
                long stood = nowNanos - core.pausedNanos() - atNanos;
                yield core.isPaused()
                        ? List.of(new Entry.Resumed(atNanos, Math.max(0, stood)))
                        : EdgeRunKeeper.due(core, atNanos);
            }
            case UNDO -> List.of(new Entry.CancelledToUndo(atNanos, text));
            case END -> List.of(new Entry.Cancelled(atNanos, text));
            default -> throw new IllegalStateException("no call '" + call + "' of a run");
        };
    }

    private static Entry answer(PinnedFlow flow, String text, long atNanos) {
        int one = text.indexOf('\n');
        int two = text.indexOf('\n', one + 1);
        String alias = text.substring(0, one);
        String by = text.substring(one + 1, two);
        int node = flow.plan().indexOf(alias);
        if (node < 0 || flow.waits(node).flatMap(Wait::answers).isEmpty()) {
            throw new JournalException(
                    JournalFault.INVALID,
                    "no node '" + alias + "' of flow '" + flow.name() + "' waits for an answer");
        }
        if (by.isBlank() || by.length() > MAX_BY_LENGTH) {
            throw new JournalException(
                    JournalFault.INVALID,
                    "who answers has a name of 1 to " + MAX_BY_LENGTH + " characters");
        }
        try {
            Payload json = Payload.of(text.substring(two + 1).getBytes(UTF_8));
            Value value = flow.value(node, flow.decode(node, json).object());
            return new Entry.Answered(atNanos, node, value.encoded(), by);
        } catch (CodecException e) {
            throw new JournalException(
                    JournalFault.INVALID,
                    "node '" + alias + "' takes another answer: " + e.getMessage(),
                    e);
        }
    }

    /** Nobody asks what was answered. */
    static JournalException notAsked(String run, String text) {
        return new JournalException(
                JournalFault.NOT_ASKED,
                "node '"
                        + text.substring(0, text.indexOf('\n'))
                        + "' of run '"
                        + run
                        + "' asks nothing: it was answered, has not come so far, or its time is"
                        + " over");
    }
}
