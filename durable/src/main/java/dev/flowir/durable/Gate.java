package dev.flowir.durable;

import dev.flowir.ir.Flow;
import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.RunRow;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.kernel.journal.Turns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets runs of limited flows begin in their turn. Who has a place is a matter of rows: a run takes
 * it in the transaction in which it begins, and gives it to the next one in that in which it is
 * over, so no end of a process leaks or doubles one.
 */
final class Gate {

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final long RETRY_MILLIS = 1000;

    private final Engine engine;
    private final Map<String, FlowLimit<Object>> limits;
    private final AlarmClock alarm;

    /** Lines whose rate lets nobody begin, until when. */
    private final Map<Turns.Line, Long> shut = new ConcurrentHashMap<>();

    Gate(Engine engine, Map<String, FlowLimit<Object>> limits) {
        this.engine = engine;
        this.limits = Map.copyOf(limits);
        this.alarm = new AlarmClock(engine.time(), () -> engine.launch(this::ring));
    }

    /** Limits by the name of their flow. */
    static <I> Map<String, FlowLimit<Object>> with(
            Map<String, FlowLimit<Object>> before, Flow<I, ?> flow, FlowLimit<? super I> limit) {
        Map<String, FlowLimit<Object>> all = new HashMap<>(before);
        if (all.put(flow.name(), untyped(limit)) != null) {
            throw new IllegalArgumentException(
                    "flow '" + flow.name() + "' has a limit; say both in one, as with andRate");
        }
        return all;
    }

    @SuppressWarnings("unchecked") // only inputs of the flow are given to it
    private static FlowLimit<Object> untyped(FlowLimit<?> limit) {
        return (FlowLimit<Object>) limit;
    }

    // ---- beginning

    /** Whether a run may begin with this transaction; when not it is in line from now on. */
    boolean enter(Journal.Tx tx, RunRow row, Object input) {
        FlowLimit<Object> limit = limits.get(row.flow());
        if (limit == null) {
            return true;
        }
        Turns turns = turns(tx);
        Turns.Line line = new Turns.Line(row.flow(), key(limit, row, input));
        turns.lineUp(row.run(), line);
        if (turns.head(line).orElse(0) == row.run() && isOpen(tx, turns, line, limit)) {
            turns.begin(row.run(), engine.nowMillis());
            return true;
        }
        return false;
    }

    private static String key(FlowLimit<Object> limit, RunRow row, Object input) {
        String key = limit.keyOf(input);
        if (limit.isPerKey() && (key.isEmpty() || key.length() > FlowLimit.MAX_KEY_LENGTH)) {
            throw new JournalException(
                    JournalFault.INVALID,
                    "the key of run '"
                            + row.id()
                            + "' in the limit of its flow has 1 to "
                            + FlowLimit.MAX_KEY_LENGTH
                            + " characters, got '"
                            + key
                            + "'");
        }
        return key;
    }

    private static Turns turns(Journal.Tx tx) {
        return tx.turns()
                .orElseThrow(() -> new IllegalStateException("it said that it keeps turns"));
    }

    /** Whether one more of the line may begin now. */
    private boolean isOpen(Journal.Tx tx, Turns turns, Turns.Line line, FlowLimit<Object> limit) {
        if (limit.places().isPresent() && turns.underWay(line) >= limit.places().getAsInt()) {
            return false;
        }
        if (limit.perPeriod().isEmpty()) {
            return true;
        }
        OptionalLong began = turns.began(line, limit.perPeriod().getAsInt() - 1);
        if (began.isEmpty() || began.getAsLong() + limit.periodMillis() <= engine.nowMillis()) {
            return true;
        }
        long until = began.getAsLong() + limit.periodMillis();
        tx.afterCommit(() -> {
            shut.put(line, until);
            alarm.at(until);
        });
        return false;
    }

    // ---- over

    /** A run is over, or begins anew: its place goes to the next one, in the same transaction. */
    void leave(Journal.Tx tx, RunRow row) {
        FlowLimit<Object> limit = limits.get(row.flow());
        if (limit != null) {
            Turns turns = turns(tx);
            Optional<Turns.Line> line = turns.leave(row.run());
            turns.forget(row.flow(), engine.nowMillis() + 1 - limit.periodMillis());
            line.ifPresent(it -> admit(tx, it));
        }
    }

    /** Lets those begin whose turn it is. */
    private void admit(Journal.Tx tx, Turns.Line line) {
        Turns turns = turns(tx);
        Optional<FlowLimit<Object>> limit = Optional.ofNullable(limits.get(line.flow()));
        OptionalLong head = turns.head(line);
        boolean any = false;
        while (head.isPresent() && (limit.isEmpty() || isOpen(tx, turns, line, limit.get()))) {
            turns.begin(head.getAsLong(), engine.nowMillis());
            tx.get(head.getAsLong())
                    .filter(row -> row.state() == RunState.HELD)
                    .ifPresent(row -> tx.update(row.in(RunState.QUEUED, engine.nowMillis())));
            any = true;
            head = turns.head(line);
        }
        if (any) {
            tx.afterCommit(() -> {
                engine.queued();
                engine.pump();
            });
        }
    }

    // ---- moving on

    /** What other limits, or time, let begin since the journal was last in use. */
    void open() {
        if (!limits.isEmpty() && !engine.journal().keepsTurns()) {
            throw new IllegalStateException("this journal keeps no turns of limited flows");
        }
        boolean anyWaits =
                !engine.journal().read(tx -> tx.list(List.of(RunState.HELD), 0, 1)).isEmpty();
        if (anyWaits) {
            engine.journal()
                    .write(tx -> {
                        turns(tx).lines().forEach(line -> admit(tx, line));
                        return true;
                    });
        }
    }

    private void ring() {
        try {
            openDue();
        } catch (RuntimeException e) { // the store says why; whoever waits can wait a little more
            LOG.warn("runs whose turn it is could not begin; trying again", e);
            alarm.at(engine.nowMillis() + RETRY_MILLIS);
        }
    }

    private void openDue() {
        long now = engine.nowMillis();
        List<Turns.Line> due =
                shut.entrySet().stream()
                        .filter(entry -> entry.getValue() <= now)
                        .map(Map.Entry::getKey)
                        .toList();
        engine.journal()
                .write(tx -> {
                    due.forEach(line -> {
                        tx.afterCommit(() -> shut.remove(line)); // before it may be shut anew
                        admit(tx, line);
                    });
                    return true;
                });
        shut.values().forEach(alarm::at);
    }

    void off() {
        alarm.off();
    }
}
