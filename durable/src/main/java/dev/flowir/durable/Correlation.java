package dev.flowir.durable;

import dev.flowir.ir.Flow;
import dev.flowir.kernel.journal.Addresses;
import dev.flowir.kernel.journal.Awaited;
import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.RunCore;
import dev.flowir.kernel.journal.RunRow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Signals that are addressed to a key instead of a run. Who waits for what is written in the
 * transaction in which a wait begins or ends, and so is whether a signal found somebody or is kept:
 * a signal and a wait that come at the same time meet.
 */
final class Correlation {

    /** How often a signal finds a run that meanwhile waits no more. */
    private static final int TRIES = 10;

    private final Engine engine;

    /** Signals on their way from where they were kept into a run. */
    private final Set<Long> moving = ConcurrentHashMap.newKeySet();

    Correlation(Engine engine) {
        this.engine = engine;
    }

    // ---- runs that wait

    /** What a run waits for with a key. */
    static Set<String> awaited(RunCore core) {
        if (!core.flow().waitsForKeys() || core.isEnded()) {
            return Set.of();
        }
        Set<String> signals = new LinkedHashSet<>();
        for (Awaited wait : core.waiting()) {
            wait.signal().filter(it -> it.indexOf(':') > 0).ifPresent(signals::add);
        }
        return signals;
    }

    /** Writes down what a run waits for now; whether one of those came earlier and is kept. */
    boolean write(Journal.Tx tx, RunRow row, Set<String> before, Set<String> now) {
        if (before.equals(now)) {
            return false;
        }
        Optional<Addresses> kept = tx.addresses();
        if (kept.isEmpty()) {
            return false; // in another engine's journal signals go to runs
        }
        Addresses addresses = kept.get();
        boolean isKept = false;
        for (String signal : before) {
            if (!now.contains(signal)) {
                addresses.awaitsNoMore(row.run(), new Addresses.Address(row.flow(), signal));
            }
        }
        for (String signal : now) {
            if (!before.contains(signal)) {
                Addresses.Address address = new Addresses.Address(row.flow(), signal);
                addresses.awaits(row.run(), address);
                isKept |= addresses.kept(address).isPresent();
            }
        }
        return isKept;
    }

    // ---- signals that were kept

    /**
     * News that a run takes what was kept for it, and what must be undone when they are not
     * written.
     */
    final class Taking implements News {

        private final News others;
        private final List<Long> taken = new ArrayList<>();

        Taking(News others) {
            this.others = others;
        }

        @Override
        public List<Entry> entries(RunCore core, long atNanos) {
            List<Entry> news = new ArrayList<>(others.entries(core, atNanos));
            for (String signal : awaited(core)) {
                Addresses.Address address = new Addresses.Address(core.flow().name(), signal);
                engine.journal()
                        .read(tx -> tx.addresses().flatMap(it -> it.kept(address)))
                        .filter(kept -> moving.add(kept.number()))
                        .ifPresent(kept -> {
                            taken.add(kept.number());
                            news.add(new Entry.Signalled(atNanos, signal, kept.payload()));
                        });
            }
            return news;
        }

        @Override
        public Optional<Along> along() {
            return taken.isEmpty()
                    ? Optional.empty()
                    : Optional.of(tx -> tx.addresses().ifPresent(it -> taken.forEach(it::taken)));
        }

        void over() {
            taken.forEach(moving::remove);
        }
    }

    // ---- signals that come

    /** The run that has the signal now; empty when it is kept for one that will wait for it. */
    Optional<String> send(Flow<?, ?> flow, String name, String key, Object payload) {
        PinnedFlow pinned = engine.versions().load(flow);
        String signal = Names.signal(name, Optional.of(key));
        int node = Names.waits(pinned, name, true);
        Payload encoded = Names.signalPayload(pinned, node, name, payload);
        Names.ensureSize("the signal", encoded.size(), engine.limits().maxPayloadBytes());
        Addresses.Address address = new Addresses.Address(pinned.name(), signal);
        for (int tries = 1; tries <= TRIES; tries++) {
            engine.ensureOpen();
            Optional<RunRow> row =
                    engine.journal().write(tx -> waitingOrKept(tx, address, encoded));
            if (row.isEmpty() || deliver(row.get(), signal, encoded)) {
                return row.map(RunRow::id);
            }
        }
        throw new JournalException(
                JournalFault.FULL, "whoever waits for '" + signal + "' takes no more signals");
    }

    private Optional<RunRow> waitingOrKept(
            Journal.Tx tx, Addresses.Address address, Payload payload) {
        Addresses addresses =
                tx.addresses()
                        .orElseThrow(() ->
                                new JournalException(
                                        JournalFault.WRONG_STATE,
                                        "this journal finds no runs by keys"));
        List<RunRow> rows = new ArrayList<>();
        addresses.awaiting(address, 2).forEach(run -> tx.get(run).ifPresent(rows::add));
        if (rows.size() > 1) {
            throw new JournalException(
                    JournalFault.AMBIGUOUS,
                    "'"
                            + address.signal()
                            + "' is awaited by run '"
                            + rows.get(0).id()
                            + "' and run '"
                            + rows.get(1).id()
                            + "'; send it to one of them");
        }
        if (rows.isEmpty()) {
            keep(addresses, address, payload);
        }
        return rows.stream().findFirst();
    }

    private void keep(Addresses addresses, Addresses.Address address, Payload payload) {
        addresses.forget(engine.nowMillis() - engine.limits().retention().toMillis());
        if (addresses.kept(address).isPresent()) {
            throw new JournalException(
                    JournalFault.DUPLICATE,
                    "'" + address.signal() + "' came before, and no run has waited for it yet");
        }
        if (addresses.keptInAll() >= DurableLimits.MAX_EARLY_SIGNALS) {
            throw new JournalException(
                    JournalFault.FULL,
                    DurableLimits.MAX_EARLY_SIGNALS + " signals are kept that no run waits for");
        }
        addresses.keep(address, payload, engine.nowMillis());
    }

    /** False when the run waits no more: somebody else may. */
    private boolean deliver(RunRow row, String signal, Payload payload) {
        try {
            return engine.bring(
                    row.run(),
                    (core, at) ->
                            awaited(core).contains(signal)
                                    ? List.of(new Entry.Signalled(at, signal, payload))
                                    : List.of());
        } catch (JournalException over) {
            if (over.fault() == JournalFault.WRONG_STATE
                    || over.fault() == JournalFault.NOT_FOUND) {
                return false;
            }
            throw over;
        }
    }
}
