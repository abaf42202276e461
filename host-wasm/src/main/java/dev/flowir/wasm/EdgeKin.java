package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.Wait;
import dev.flowir.kernel.RecordedException;
import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.RunCore;
import dev.flowir.kernel.journal.Step;
import dev.flowir.kernel.journal.Value;
import dev.flowir.wasm.json.FormBook;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs that do steps of this one, and the run whose step this one does. */
final class EdgeKin implements EdgeTie {

    private static final String BEGIN = "child";
    private static final String CHILD_OVER = "child-over";
    private static final String PARENT_OVER = "parent-over";
    private static final String OUTPUT = "\"state\":\"COMPLETED\",\"output\":";

    private final EdgeRunKeeper keeper;
    private final EdgeLedger ledger;

    /** Tickets of steps whose runs were asked for. */
    private final Set<Long> asked = new HashSet<>();

    EdgeKin(EdgeRunKeeper keeper, EdgeLedger ledger) {
        this.keeper = keeper;
        this.ledger = ledger;
    }

    @Override
    public void read(RunCore core) {
        asked.clear();
        core.children().forEach(step -> asked.add(step.ticket()));
    }

    @Override
    public void restarted() {
        asked.clear();
    }

    @Override
    public void tell(RunCore core, EdgeOutbox box) {
        String id = keeper.id();
        if (core.isEnded()) {
            Optional<String> parent = ledger.parent();
            if (parent.isPresent()) {
                String outcome = ledger.outcome().orElseThrow();
                box.add(parent.get(), CHILD_OVER, EdgeParts.join(id, outcome));
            }
            for (Step step : core.children()) {
                box.add(child(core, step), PARENT_OVER, "");
            }
            return;
        }
        for (Step step : core.children()) {
            if (asked.add(step.ticket())) {
                Flow<?, ?> child = flow(core.flow(), step);
                PinnedFlow pinned = keeper.pinned(child);
                String input = EdgeParts.join(id, pinned.hash(), pinned.name(), given(child, step));
                box.add(child(core, step), BEGIN, input);
            }
        }
    }

    private String child(RunCore core, Step step) {
        return EdgeChildId.of(keeper.id(), keeper.generation(), core.flow(), step);
    }

    private static Flow<?, ?> flow(PinnedFlow parent, Step step) {
        return parent.waits(step.node()).flatMap(Wait::flow).orElseThrow();
    }

    /** Input of the child as JSON; what is none stays so, and is refused by whoever reads it. */
    @SuppressWarnings("unchecked") // the flow's types say what its input is
    private static <I> String given(Flow<I, ?> child, Step step) {
        try {
            return FormBook.ofWorker().edge(child.input()).write((I) step.input());
        } catch (CodecException unwritable) {
            return "";
        }
    }

    @Override
    public @Nullable String answer(String call, String input) {
        return switch (call) {
            case BEGIN -> {
                List<String> parts = EdgeParts.split(input);
                yield keeper.begin(parts.get(0), parts.get(1), parts.get(2), parts.get(3));
            }
            case CHILD_OVER -> {
                List<String> parts = EdgeParts.split(input);
                over(parts.get(0), parts.get(1));
                yield "";
            }
            case PARENT_OVER -> {
                unlessOver((core, at) ->
                        core.parent() > 0
                                ? List.of(new Entry.Cancelled(at, "the run that began it is over"))
                                : List.of());
                yield "";
            }
            default -> null;
        };
    }

    @Override
    public void answered(EdgeOutbox.Message told, String answer) {
        if (told.call().equals(BEGIN) && !answer.isEmpty()) {
            over(told.to(), answer); // it was over before it was asked for
        }
    }

    @Override
    public void refused(EdgeOutbox.Message told, JournalException why) {
        if (told.call().equals(BEGIN)) {
            ended(told.to(), (core, step, at) -> failed(at, step, RecordedException.of(why)));
        }
    }

    /** What a child led to. */
    private interface Ended {
        Entry entry(RunCore core, Step step, long atNanos);
    }

    private void over(String child, String outcome) {
        ended(child, (core, step, at) -> entry(core.flow(), step, child, outcome, at));
    }

    private void ended(String child, Ended ended) {
        unlessOver((core, at) -> {
            for (Step step : core.isEnded() ? List.<Step>of() : core.children()) {
                if (child(core, step).equals(child)) {
                    return List.of(ended.entry(core, step, at));
                }
            }
            return List.of();
        });
    }

    /** A run that is over, or no longer kept, has nothing to learn. */
    private void unlessOver(EdgeRunKeeper.News news) {
        try {
            keeper.bring(news);
        } catch (JournalException over) {
            if (over.fault() != JournalFault.WRONG_STATE
                    && over.fault() != JournalFault.NOT_FOUND) {
                throw over;
            }
        }
    }

    private Entry entry(PinnedFlow flow, Step step, String child, String outcome, long at) {
        try {
            if (outcome.startsWith(OUTPUT)) {
                byte[] json = outcome.substring(OUTPUT.length()).getBytes(UTF_8);
                PinnedFlow gave = keeper.pinned(flow(flow, step));
                Value value = flow.value(step.node(), gave.decodeOutput(Payload.of(json)));
                return new Entry.Completed(at, step.ticket(), step.node(), value);
            }
            String why = "run '" + child + "' failed: " + why(outcome);
            return failed(at, step, new RecordedException("ChildFailed", why, false));
        } catch (CodecException foreign) {
            return failed(at, step, RecordedException.of(foreign));
        }
    }

    private static String why(String outcome) throws CodecException {
        JsonValue read =
                FormBook.ofWorker().edge(Type.of(JsonValue.class)).read("{" + outcome + "}");
        if (read instanceof JsonValue.Obj(Map<String, JsonValue> members)
                && members.get("error") instanceof JsonValue.Obj(Map<String, JsonValue> error)
                && error.get("code") instanceof JsonValue.Text(String code)
                && error.get("message") instanceof JsonValue.Text(String message)) {
            return "[" + code + "] " + message;
        }
        return "it has no outcome";
    }

    private static Entry failed(long at, Step step, RecordedException error) {
        RecordedException last =
                new RecordedException(error.type(), String.valueOf(error.getMessage()), false);
        return new Entry.Failed(at, step.ticket(), step.node(), last);
    }
}
