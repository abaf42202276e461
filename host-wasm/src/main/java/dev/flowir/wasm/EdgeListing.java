package dev.flowir.wasm;

import dev.flowir.kernel.host.RouteTable;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.RunCore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells the list of runs that this one has begun, pauses, goes on, is over or is forgotten. What is
 * to be told is written with what led to it, in place of what was not told before, and goes its own
 * way: nothing else that the run owes waits for the list.
 */
final class EdgeListing implements EdgeTie {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final String STATE = "\"state\":\"";

    private final Platform platform;
    private final EdgeRunKeeper keeper;
    private final EdgeRuns runs;
    private final EdgeLedger ledger;
    private final EdgeTurns line;

    /** Names of flows whose runs are listed. */
    private final List<String> listed = new ArrayList<>();

    private boolean delivering;

    EdgeListing(
            EdgeHost host, EdgeRunKeeper keeper, EdgeRuns runs, EdgeLedger ledger, EdgeTurns line) {
        this.platform = host.platform();
        this.keeper = keeper;
        this.runs = runs;
        this.ledger = ledger;
        this.line = line;
        for (RouteTable.Entry<EdgeRoute> entry : host.table().entries()) {
            for (EdgeRoute route : entry.byMethod().values()) {
                if (route.desk() instanceof EdgeListDesk desk) {
                    listed.addAll(desk.flows());
                }
            }
        }
    }

    @Override
    public void read(RunCore core) {
        // what is to be told is written down
    }

    @Override
    public void restarted() {
        // the next generation is told of as another state
    }

    @Override
    public void tell(RunCore core, EdgeOutbox box) {
        String flow = core.flow().name();
        if (listed.contains(flow)) {
            tell(keeper.id(), flow, keeper.generation(), state(core));
        }
    }

    /** Whether it waits or works is not told: each of its steps would be a word more. */
    private String state(RunCore core) {
        if (core.isEnded()) {
            String outcome = ledger.outcome().orElseThrow();
            int from = outcome.indexOf(STATE) + STATE.length();
            return outcome.substring(from, outcome.indexOf('"', from));
        }
        return core.isPaused() ? EdgeRunList.PAUSED : EdgeRunList.RUNNING;
    }

    /** Whether there was something to tell. */
    private boolean tell(String run, String flow, int generation, String state) {
        EdgeLedger.Listed before = ledger.listed();
        if (before.state().equals(state) && before.generation() == generation) {
            return false;
        }
        long now = Math.max(now(), before.updated() + 1);
        long created = before.state().isEmpty() ? now : before.created();
        ledger.listed(
                new EdgeLedger.Listed(state, generation, created, now),
                EdgeParts.join(
                        EdgeRunList.NAME,
                        EdgeRunList.TELL,
                        EdgeParts.join(
                                run,
                                flow,
                                Integer.toString(generation),
                                state,
                                Long.toString(created),
                                Long.toString(now))));
        return true;
    }

    /** Whether the list is to be told, from this transaction on, that the run is forgotten. */
    boolean parts() {
        EdgeLedger.Pinned run = ledger.pinned().orElseThrow();
        return !ledger.listed().state().isEmpty()
                && tell(run.id(), run.flow(), run.generation(), EdgeRunList.FORGOTTEN);
    }

    private long now() {
        return platform.nowNanos() / NANOS_PER_MILLI;
    }

    /** Tells the list what it was not told yet; the alarm sees to what cannot be told now. */
    void deliver() {
        if (delivering) {
            return; // whoever delivers goes on until nothing is left
        }
        delivering = true;
        try {
            Optional<EdgeLedger.Owed> word = ledger.word();
            while (word.isPresent()) {
                List<String> parts = EdgeParts.split(word.get().text());
                EdgeRunDesk.Answer answer =
                        EdgeRunDesk.reach(parts.get(0), parts.get(1), parts.get(2));
                if (answer.refused()) {
                    throw new IllegalStateException(answer.text());
                }
                told(word.get());
                word = ledger.word();
            }
        } catch (RuntimeException | Error failed) {
            platform.log("the list of runs is to be told again: " + failed);
        } finally {
            delivering = false;
        }
    }

    /** Another word may have taken its place meanwhile. */
    private void told(EdgeLedger.Owed word) {
        line.take();
        boolean whole = false;
        try {
            ledger.begin();
            try {
                Optional<EdgeLedger.Owed> now = ledger.word();
                if (now.isPresent() && now.get().text().equals(word.text())) {
                    ledger.paid(word);
                    rest();
                }
                whole = true;
            } finally {
                ledger.end(whole);
            }
        } finally {
            line.give();
        }
    }

    /** A run that is over and owes nothing is woken to be forgotten, or no more. */
    private void rest() {
        if (ledger.outcome().isPresent() && ledger.owed().isEmpty() && ledger.sequel().isEmpty()) {
            String flow = ledger.pinned().orElseThrow().flow();
            Optional<Duration> kept = runs.kept(flow);
            ledger.alarm(kept.isEmpty() ? Optional.empty() : ledger.expiry(kept.get()));
        }
    }

    @Override
    public @Nullable String answer(String call, String input) {
        return null;
    }

    @Override
    public void answered(EdgeOutbox.Message told, String answer) {
        // a list has nothing to say to a run
    }

    @Override
    public void refused(EdgeOutbox.Message told, JournalException why) {
        // a list refuses no run
    }
}
