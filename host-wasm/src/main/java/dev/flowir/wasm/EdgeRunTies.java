package dev.flowir.wasm;

import dev.flowir.ir.plan.OnlyWith;
import dev.flowir.kernel.journal.RunCore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that one durable run has to do with other objects, and what it owes them. */
final class EdgeRunTies {

    private final Platform platform;
    private final EdgeRunKeeper keeper;
    private final EdgeLedger ledger;
    private final EdgeOutbox box;
    private final @Nullable EdgeListing listing;
    private final List<EdgeTie> ties = new ArrayList<>();

    EdgeRunTies(
            EdgeHost host, EdgeRunKeeper keeper, EdgeRuns runs, EdgeLedger ledger, EdgeTurns line) {
        this.platform = host.platform();
        this.keeper = keeper;
        this.ledger = ledger;
        this.listing = listing(host, keeper, runs, ledger, line);
        this.box = new EdgeOutbox(ledger, line);
        add(kin());
        add(keys());
        add(listing);
    }

    private void add(@Nullable EdgeTie tie) {
        if (tie != null) {
            ties.add(tie);
        }
    }

    @OnlyWith(value = Features.KIN, optional = true)
    private @Nullable EdgeTie kin() {
        return new EdgeKin(keeper, ledger);
    }

    @OnlyWith(value = Features.KEYS, optional = true)
    private @Nullable EdgeTie keys() {
        return new EdgeKeys(keeper, ledger);
    }

    @OnlyWith(value = Features.LISTS, optional = true)
    private static @Nullable EdgeListing listing(
            EdgeHost host, EdgeRunKeeper keeper, EdgeRuns runs, EdgeLedger ledger, EdgeTurns line) {
        return new EdgeListing(host, keeper, runs, ledger, line);
    }

    /** The run was read from its journal, or begins. */
    void read(RunCore core) {
        for (EdgeTie tie : ties) {
            tie.read(core);
        }
    }

    /** The run begins anew. */
    @OnlyWith(Features.ANEW)
    void restarted() {
        for (EdgeTie tie : ties) {
            tie.restarted();
        }
    }

    /** Writes down what others are to be told, with the transaction that is under way. */
    void write(RunCore core) {
        for (EdgeTie tie : ties) {
            tie.tell(core, box);
        }
    }

    /** Answers a call that is for one of them; null for any other. */
    @Nullable String answer(String call, String input) {
        for (EdgeTie tie : ties) {
            String answer = tie.answer(call, input);
            if (answer != null) {
                return answer;
            }
        }
        return null;
    }

    /** Tells what is owed while nobody waits for it; the alarm sees to what cannot be told now. */
    void soon() {
        if (ledger.owed().isPresent()) {
            platform.spawn(this::deliver);
        }
    }

    /** Tells the list of runs: whatever becomes of that, the others are told. */
    @OnlyWith(value = Features.LISTS, optional = true)
    private @Nullable EdgeListing deliverWord() {
        if (listing != null) {
            platform.spawn(listing::deliver);
        }
        return listing;
    }

    /** Who is to be told, from this transaction on, before the run is forgotten; null if nobody. */
    @OnlyWith(value = Features.LISTS, optional = true)
    @Nullable EdgeListing parts() {
        return listing != null && listing.parts() ? listing : null;
    }

    /** Tells what is owed. */
    void deliver() {
        deliverWord();
        try {
            box.deliver(ties);
        } catch (RuntimeException | Error failed) {
            platform.log("what a run has to tell others waits: " + failed);
        }
    }
}
