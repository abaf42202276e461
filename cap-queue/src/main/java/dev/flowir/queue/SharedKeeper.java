package dev.flowir.queue;

import dev.flowir.ir.Guarantee;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Fence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Queues that others keep and share. What becomes of a message is decided here, from what was seen
 * of it, and done there if that still holds.
 */
final class SharedKeeper implements Keeper {

    /** Messages that one step clears away at most. */
    private static final int CLEARED = 100;

    private final SharedQueues queues;
    private final Descriptor.Durability durability;
    private final Ends ends;
    private final long maxBacklogBytes;
    private final Map<String, Swept> swept = new ConcurrentHashMap<>();

    /** Set before anything is taken. */
    private volatile Optional<Told> hears = Optional.empty();

    SharedKeeper(SharedQueues queues, Descriptor.Durability durability, BrokerOptions options) {
        this.queues = queues;
        this.durability = durability;
        this.ends = new Ends(queues, options.listener(), () -> hears);
        this.maxBacklogBytes = options.limits().maxBacklogBytes();
    }

    /** Passes on what other brokers did. */
    private final class Hearing implements SharedQueues.Told {

        @Override
        public void stirred(String queue) {
            hears.ifPresent(told -> {
                told.roomier(queue);
                told.woken(queue);
            });
        }

        @Override
        public void changed(String queue) {
            renew(queue);
        }

        @Override
        public void anything() {
            queues.queues().forEach(known -> tell(row(known)));
        }
    }

    private void tell(QueueRow row) {
        hears.ifPresent(told -> told.changed(row));
    }

    /** Learns what a queue is now; refuses one that is gone. */
    private QueueRow renew(String queue) {
        QueueRow row =
                queues.queue(queue)
                        .map(SharedKeeper::row)
                        .orElseThrow(() ->
                                new QueueException(
                                        QueueFault.NOT_FOUND,
                                        "the queue '" + queue + "' is not there any more"));
        tell(row);
        return row;
    }

    private static QueueRow row(SharedQueues.Known known) {
        return new QueueRow(
                0,
                known.name(),
                Texts.SETTINGS.read(known.settings()),
                known.paused(),
                known.revision());
    }

    @Override
    public List<QueueRow> open(Told told) {
        List<QueueRow> rows = madeElsewhere();
        hears = Optional.of(told);
        queues.listen(new Hearing());
        return rows;
    }

    @Override
    public long nowMillis() {
        return queues.nowMillis();
    }

    @Override
    public boolean isOpen() {
        return queues.isOpen();
    }

    @Override
    public List<QueueRow> madeElsewhere() {
        return queues.queues().stream().map(SharedKeeper::row).toList();
    }

    @Override
    public QueueRow add(String queue, QueueSettings settings) {
        return kept(queue, Optional.of(settings), Optional.empty());
    }

    @Override
    public QueueRow change(QueueRow row, QueueSettings settings) {
        return kept(row.name(), Optional.of(settings), Optional.empty());
    }

    @Override
    public QueueRow pause(QueueRow row, boolean paused) {
        return kept(row.name(), Optional.empty(), Optional.of(paused));
    }

    private QueueRow kept(
            String queue, Optional<QueueSettings> settings, Optional<Boolean> paused) {
        return row(queues.keep(queue, settings.map(Texts.SETTINGS::write), paused));
    }

    @Override
    public Ledger.Appended append(QueueRow queue, Fence fence, List<Sending.Draft> drafts) {
        long now = nowMillis();
        List<SharedQueues.Draft> kept =
                drafts.stream()
                        .map(draft ->
                                new SharedQueues.Draft(
                                        Slips.envelope(
                                                Envelope.sent(
                                                        draft.id(),
                                                        now,
                                                        draft.size(),
                                                        draft.body())),
                                        draft.body(),
                                        draft.size(),
                                        draft.delay().toMillis()))
                        .toList();
        QueueRow row = queue;
        while (true) {
            SharedQueues.Room room = room(row);
            fence.ensureCurrent();
            long bytes = kept.stream().mapToLong(SharedQueues.Draft::size).sum();
            if (kept.size() > room.messages() || bytes > room.bytes()) {
                return new Ledger.Appended.TooMuch(Ledger.tooMuch(row));
            }
            switch (queues.append(row.name(), row.revision(), room, kept)) {
                case SharedQueues.Appended.Done(QueueMetrics metrics) -> {
                    hears.ifPresent(told -> told.woken(queue.name()));
                    return new Ledger.Appended.Done(metrics);
                }
                case SharedQueues.Appended.Full(QueueMetrics metrics) -> {
                    return new Ledger.Appended.Full(
                            Ledger.full(row, metrics.backlogCount(), metrics.backlogBytes()));
                }
                case SharedQueues.Appended.Outdated() -> row = renew(queue.name());
            }
        }
    }

    private SharedQueues.Room room(QueueRow queue) {
        Bound bound = queue.settings().bound();
        return new SharedQueues.Room(
                bound.messages(),
                Math.min(bound.bytes(), maxBacklogBytes),
                bound.overflow() instanceof Bound.Overflow.DropOldest);
    }

    @Override
    public Taken take(QueueRow queue, long nowMillis) {
        QueueSettings.Batching batching = queue.settings().batching();
        SharedQueues.Ask ask =
                ask(
                        queue,
                        Holder.HANDLER,
                        batching.maxSize(),
                        OptionalLong.of(batching.timeout().toMillis()),
                        queue.settings().lease().toMillis());
        return switch (taken(queue, ask)) {
            case SharedQueues.Taken.Some some -> new Taken.Some(claimed(some));
            case SharedQueues.Taken.Nothing(OptionalLong again) -> new Taken.Nothing(again);
            // Told of the queue as it is now, the engine looks again.
            case SharedQueues.Taken.Outdated outdated -> {
                renew(queue.name());
                yield new Taken.Nothing(OptionalLong.empty());
            }
            case SharedQueues.Taken.Doubtful doubtful -> throw endless();
        };
    }

    @Override
    public Ledger.Claimed pull(QueueRow queue, int size, long visibilityMillis) {
        QueueRow row = queue;
        while (true) {
            SharedQueues.Ask ask =
                    ask(row, Holder.PULLER, size, OptionalLong.empty(), visibilityMillis);
            switch (taken(row, ask)) {
                case SharedQueues.Taken.Some some -> {
                    return claimed(some);
                }
                case SharedQueues.Taken.Nothing nothing -> {
                    return new Ledger.Claimed(List.of(), metrics(row));
                }
                case SharedQueues.Taken.Outdated outdated -> row = renew(queue.name());
                case SharedQueues.Taken.Doubtful doubtful -> throw endless();
            }
        }
    }

    private static IllegalStateException endless() {
        return new IllegalStateException("it is asked until there is no doubt");
    }

    private SharedQueues.Ask ask(
            QueueRow queue, Holder holder, int most, OptionalLong gather, long leaseMillis) {
        return new SharedQueues.Ask(
                queue.revision(),
                holder.code(),
                most,
                gather,
                leaseMillis,
                queue.settings().retries().maxRetries(),
                queue.settings().retention().toMillis());
    }

    /** Asks until what is found is in no doubt. */
    private SharedQueues.Taken taken(QueueRow queue, SharedQueues.Ask ask) {
        SharedQueues.Taken taken = queues.take(queue.name(), ask);
        while (taken instanceof SharedQueues.Taken.Doubtful(List<SharedQueues.Kept> messages)) {
            long now = nowMillis();
            List<Ends.End> ends = new ArrayList<>();
            for (SharedQueues.Kept kept : messages) {
                Stored seen = Slips.stored(kept);
                // Not before the lease of one that is doubtful for it is over here, too.
                Fate.found(seen, queue.settings(), Math.max(now, kept.visibleAtMillis()))
                        .ifPresent(fate -> ends.add(new Ends.End(seen, fate)));
            }
            if (ends.isEmpty()) {
                return new SharedQueues.Taken.Nothing(OptionalLong.of(now + 1));
            }
            this.ends.meet(queue, ends, now);
            taken = queues.take(queue.name(), ask);
        }
        return taken;
    }

    private static Ledger.Claimed claimed(SharedQueues.Taken.Some some) {
        return new Ledger.Claimed(
                some.messages().stream().map(Slips::stored).toList(), some.metrics());
    }

    @Override
    public List<Verdict.On> settle(QueueRow queue, List<Verdict.On> verdicts) {
        long now = nowMillis();
        List<SharedQueues.Outcome> outcomes =
                ends.meet(
                        queue,
                        verdicts.stream()
                                .map(on ->
                                        new Ends.End(
                                                on.message(),
                                                Fate.of(
                                                        on.message(),
                                                        on.verdict(),
                                                        queue.settings(),
                                                        now)))
                                .toList(),
                        now);
        List<Verdict.On> late = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) != SharedQueues.Outcome.DONE) {
                late.add(verdicts.get(i));
            }
        }
        hears.ifPresent(told -> told.woken(queue.name()));
        return late;
    }

    @Override
    public void ackWhenever(QueueRow queue, long place, int lease) {
        queues.acknowledge(queue.name(), place, lease);
        hears.ifPresent(told -> told.roomier(queue.name()));
    }

    @Override
    public boolean giveBack(QueueRow queue, long place, int lease, Retry retry) {
        long now = nowMillis();
        return queues.page(queue.name(), place - 1, 1).stream()
                .filter(kept -> kept.place() == place)
                .map(Slips::stored)
                .filter(message -> message.isLeased(Holder.PULLER, lease, now))
                .anyMatch(message ->
                        settle(
                                        queue,
                                        List.of(
                                                new Verdict.On(
                                                        message, new Verdict.Again(retry, false))))
                                .isEmpty());
    }

    @Override
    public OptionalLong sweep(QueueRow queue, long nowMillis) {
        long retention = queue.settings().retention().toMillis();
        Swept before = swept.get(queue.name());
        if (before != null && before.holds(retention, nowMillis)) {
            return OptionalLong.of(before.againAtMillis());
        }
        OptionalLong oldest = oldest(metrics(queue));
        boolean allKept = true;
        boolean more = true;
        while (more && oldest.isPresent() && oldest.getAsLong() + retention <= nowMillis) {
            SharedQueues.Cleared cleared =
                    queues.clear(
                            queue.name(),
                            SharedQueues.Count.EXPIRED,
                            nowMillis - retention,
                            CLEARED);
            allKept = false;
            more = cleared.removed() > 0;
            oldest = cleared.oldestFreeMillis();
        }
        if (allKept) {
            // What comes from now on is too old later than this.
            long again = Math.min(oldest.orElse(nowMillis), nowMillis) + retention;
            swept.put(queue.name(), new Swept(retention, again));
        }
        return Wake.after(oldest, retention);
    }

    /** Nothing of a queue is too old before a time: it need not be asked what its oldest is. */
    private record Swept(long retention, long againAtMillis) {

        boolean holds(long itsRetention, long nowMillis) {
            return retention == itsRetention && nowMillis < againAtMillis;
        }
    }

    private static OptionalLong oldest(QueueMetrics metrics) {
        return metrics.oldest().isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(metrics.oldest().get().toEpochMilli());
    }

    @Override
    public long purge(QueueRow queue) {
        long purged = 0;
        int step;
        do {
            step =
                    queues.clear(
                                    queue.name(),
                                    SharedQueues.Count.PURGED,
                                    Long.MAX_VALUE / 4,
                                    CLEARED)
                            .removed();
            purged += step;
        } while (step == CLEARED);
        hears.ifPresent(told -> told.roomier(queue.name()));
        return purged;
    }

    @Override
    public QueueMetrics metrics(QueueRow queue) {
        return totals(queue).metrics();
    }

    @Override
    public SharedQueues.Totals totals(QueueRow queue) {
        return queues.totals(queue.name());
    }

    @Override
    public List<Stored> page(QueueRow queue, long place, int limit) {
        return queues.page(queue.name(), place, limit).stream().map(Slips::stored).toList();
    }

    @Override
    public Optional<String> redrive(
            QueueRow from, QueueRow to, Stored letter, long visibleAtMillis) {
        return switch (ends.back(from, to, letter, visibleAtMillis, room(to))) {
            case DONE -> {
                hears.ifPresent(told -> told.woken(to.name()));
                yield Optional.empty();
            }
            case FULL -> Optional.of("queue '" + to.name() + "' is full");
            case NOT_THERE -> Optional.of("a letter went elsewhere meanwhile");
        };
    }

    @Override
    public Optional<SharedQueues.Mark> mark(String token) {
        return queues.mark(token);
    }

    @Override
    public void save(SharedQueues.Mark mark) {
        queues.save(mark);
    }

    @Override
    public long lastPlace(QueueRow queue) {
        return queues.lastPlace(queue.name());
    }

    @Override
    public <T> T together(Supplier<T> work) {
        return work.get();
    }

    /** Half of a lease: what a process that vanished held is found well before twice its lease. */
    @Override
    public OptionalLong lookAgainMillis(QueueRow queue, long nowMillis) {
        return OptionalLong.of(nowMillis + Math.max(1, queue.settings().lease().toMillis() / 2));
    }

    @Override
    public Optional<LocalKeeper> transactions() {
        return Optional.empty();
    }

    @Override
    public Descriptor.Durability durability() {
        return durability;
    }

    @Override
    public Set<Guarantee> extras() {
        return Set.of();
    }

    @Override
    public void close() {
        queues.close();
    }
}
