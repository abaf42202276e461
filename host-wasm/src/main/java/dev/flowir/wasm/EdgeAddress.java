package dev.flowir.wasm;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Wait;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where signals to one key of one flow come, as the one object that has its name: who waits for
 * them, and the signal that no run has taken yet.
 */
final class EdgeAddress {

    /** A run waits from now on, and no more. */
    static final String AWAIT = "await";

    static final String LEAVE = "leave";

    /** A signal comes: flow, name, key and payload as JSON. */
    static final String SEND = "send";

    /** Begins names that no run has. */
    private static final String MARK = "@";

    private static final String FLOW = "flow";
    private static final String KEPT = "kept";
    private static final String RUN = "run/";

    private final Platform platform;
    private final EdgeHost host;
    private final EdgeRuns runs;
    private final JsObject js;
    private final EdgeLedger ledger;
    private final EdgeTurns line;

    EdgeAddress(EdgeHost host, EdgeRuns runs, JsObject js) {
        this.platform = host.platform();
        this.host = host;
        this.runs = runs;
        this.js = js;
        this.ledger = new EdgeLedger(js);
        this.line = new EdgeTurns(platform);
    }

    /** Name of the object where a signal of a flow comes that has a key. */
    static String name(String flow, String signal) {
        return MARK + flow + "/" + signal;
    }

    /**
     * Whether an object is one. Not every platform tells an object that its alarm wakes its name.
     */
    static boolean is(JsObject object) {
        return object.name().startsWith(MARK) || object.has(FLOW);
    }

    void take(JsObject.Event event) {
        platform.spawn(() -> {
            try {
                event.done(answer(event));
            } catch (JournalException refused) {
                event.failed(refused.fault().name(), refused.detail());
            } catch (RuntimeException | Error bug) {
                platform.log("signals to a key failed: " + bug);
                event.failed("", String.valueOf(bug));
            }
        });
    }

    private String answer(JsObject.Event event) {
        line.take();
        try {
            if (event.kind().equals("alarm")) {
                ring();
                return "";
            }
            List<String> parts = EdgeParts.split(event.input());
            return switch (event.call()) {
                case AWAIT -> await(parts);
                case LEAVE -> leave(parts.get(2));
                default -> send(parts);
            };
        } finally {
            line.give();
        }
    }

    // ---- runs that wait

    private String await(List<String> parts) {
        boolean isKept = js.has(KEPT);
        write(() -> {
            js.put(FLOW, EdgeParts.join(parts.get(0), parts.get(1)));
            js.put(RUN + parts.get(2), "");
            if (isKept) {
                js.setAlarm((double) now());
            }
        });
        return "";
    }

    private String leave(String run) {
        write(() -> js.delete(RUN + run));
        if (!js.has(KEPT) && waiting().isEmpty()) {
            write(js::deleteAll);
        }
        return "";
    }

    private List<String> waiting() {
        List<String> waiting = new ArrayList<>();
        js.list(
                RUN,
                "",
                "",
                "",
                false,
                (key, ignored) -> {
                    waiting.add(key.substring(RUN.length()));
                    return true;
                });
        return waiting;
    }

    /** Those that wait indeed: others are about to say that they do no more. */
    private static List<String> still(List<String> waiting, String signal) {
        List<String> still = new ArrayList<>();
        for (String run : waiting) {
            EdgeRunDesk.Answer answer = EdgeRunDesk.reach(run, EdgeKeys.ASK, signal);
            if (answer.refused() || answer.text().equals(EdgeKeys.TAKEN)) {
                still.add(run);
            }
        }
        return still;
    }

    // ---- signals

    /** The run that has it now; empty when it is kept for one that will wait for it. */
    private String send(List<String> parts) {
        String name = parts.get(1);
        String signal = signal(name, parts.get(2));
        Payload payload = EdgeSignal.payload(runs.latest(host, parts.get(0)), name, parts.get(3));
        List<String> waiting = waiting();
        if (waiting.size() > 1) {
            waiting = still(waiting, signal);
        }
        if (waiting.size() > 1) {
            throw new JournalException(
                    JournalFault.AMBIGUOUS,
                    "'"
                            + signal
                            + "' is awaited by run '"
                            + waiting.get(0)
                            + "' and run '"
                            + waiting.get(1)
                            + "'; send it to one of them");
        }
        if (js.has(KEPT)) {
            throw new JournalException(
                    JournalFault.DUPLICATE,
                    "'" + signal + "' came before, and no run has waited for it yet");
        }
        String text = EdgeLedger.json(payload);
        long now = now();
        write(() -> {
            js.put(FLOW, EdgeParts.join(parts.get(0), signal));
            js.put(KEPT, EdgeParts.join(platform.uuid(), text, Long.toString(now)));
            js.setAlarm((double) (now + EdgeRunLimits.WATCH_MILLIS));
        });
        Optional<String> taken = bring(signal);
        return taken.isEmpty()
                ? "{}"
                : "{\"run\":" + EdgeReply.text(JsonValue.text(taken.get())) + "}";
    }

    private static String signal(String name, String key) {
        try {
            return Wait.address(name, key);
        } catch (IllegalArgumentException refused) {
            throw new JournalException(
                    JournalFault.INVALID, String.valueOf(refused.getMessage()), refused);
        }
    }

    /** Brings what is kept to the run that waits for it, if one does. */
    private Optional<String> bring(String signal) {
        List<String> kept = EdgeParts.split(js.get(KEPT));
        String input = EdgeParts.join(signal, kept.get(0), kept.get(1));
        for (String run : waiting()) {
            EdgeRunDesk.Answer answer = EdgeRunDesk.reach(run, EdgeKeys.BRING, input);
            if (answer.refused()) {
                platform.log("run '" + run + "' takes no signal now: " + answer.text());
                return Optional.empty(); // it stays here, and the alarm rings again
            }
            if (answer.text().equals(EdgeKeys.TAKEN)) {
                write(() -> {
                    js.delete(KEPT);
                    js.deleteAlarm();
                });
                return Optional.of(run);
            }
        }
        return Optional.empty();
    }

    /** What is kept is brought again, or was kept for long enough. */
    private void ring() {
        if (!js.has(KEPT)) {
            return;
        }
        List<String> kept = EdgeParts.split(js.get(KEPT));
        long until = Long.parseLong(kept.get(2)) + EdgeRunLimits.KEPT_MILLIS;
        if (until <= now()) {
            write(() -> {
                js.delete(KEPT);
                js.deleteAlarm();
            });
        } else if (bring(EdgeParts.split(js.get(FLOW)).get(1)).isEmpty()) {
            boolean tries = !waiting().isEmpty();
            write(() -> js.setAlarm((double) (tries ? now() + EdgeRunLimits.WATCH_MILLIS : until)));
        }
    }

    private long now() {
        return platform.nowNanos() / 1_000_000;
    }

    /** Something that is written at once, and waits for nothing. */
    private interface Writing {
        void write();
    }

    private void write(Writing writing) {
        boolean whole = false;
        ledger.begin();
        try {
            writing.write();
            whole = true;
        } finally {
            ledger.end(whole);
        }
    }
}
