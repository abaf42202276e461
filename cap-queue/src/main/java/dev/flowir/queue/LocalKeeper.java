package dev.flowir.queue;

import dev.flowir.ir.Guarantee;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Timeline;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/** Queues of this process: rows in a vault, changed by the rules of {@link Ledger}. */
final class LocalKeeper implements Keeper {

    /** Work in a transaction of the vault. */
    interface Writing {
        void run(Rows rows, Ledger ledger);
    }

    private final Vault vault;
    private final Ledger ledger;
    private final Timeline timeline;
    private volatile Told told =
            new Told() {
                @Override
                public void woken(String queue) {}

                @Override
                public void roomier(String queue) {}

                @Override
                public void changed(QueueRow row) {}
            };

    LocalKeeper(Vault vault, BrokerOptions options) {
        this.vault = vault;
        this.timeline = options.timeline();
        this.ledger =
                new Ledger(
                        options.limits(),
                        options.listener(),
                        queue -> told.woken(queue),
                        queue -> told.roomier(queue));
    }

    @Override
    public List<QueueRow> open(Told whom) {
        told = whom;
        return vault.write(rows -> {
            rows.abandonHandlers(nowMillis());
            return rows.queues();
        });
    }

    @Override
    public long nowMillis() {
        return timeline.millis();
    }

    @Override
    public boolean isOpen() {
        return vault.isOpen();
    }

    @Override
    public List<QueueRow> madeElsewhere() {
        return List.of(); // one broker has the vault
    }

    @Override
    public QueueRow add(String queue, QueueSettings settings) {
        return vault.write(rows -> rows.addQueue(new QueueRow(0, queue, settings, false)));
    }

    @Override
    public QueueRow change(QueueRow row, QueueSettings settings) {
        return kept(new QueueRow(row.id(), row.name(), settings, row.paused()));
    }

    @Override
    public QueueRow pause(QueueRow row, boolean paused) {
        return kept(new QueueRow(row.id(), row.name(), row.settings(), paused));
    }

    private QueueRow kept(QueueRow row) {
        return vault.write(rows -> {
            rows.updateQueue(row);
            return row;
        });
    }

    @Override
    public Ledger.Appended append(QueueRow queue, Fence fence, List<Sending.Draft> drafts) {
        return vault.write(rows -> {
            long now = nowMillis();
            return ledger.append(
                    rows,
                    queue,
                    fence,
                    drafts.stream()
                            .map(draft ->
                                    new Ledger.Draft(
                                            Envelope.sent(
                                                    draft.id(), now, draft.size(), draft.body()),
                                            now + draft.delay().toMillis()))
                            .toList());
        });
    }

    private record Outlook(Readiness readiness, OptionalLong nextDueMillis) {}

    @Override
    public Taken take(QueueRow queue, long nowMillis) {
        while (true) {
            Outlook outlook = vault.read(rows -> outlook(rows, queue, nowMillis));
            if (outlook.readiness().take().isEmpty()) {
                return new Taken.Nothing(
                        Wake.earlier(
                                outlook.readiness().waitUntilMillis(), outlook.nextDueMillis()));
            }
            Ledger.Claimed claimed = vault.write(rows -> ledger.claimBatch(rows, queue, nowMillis));
            if (!claimed.messages().isEmpty()) {
                return new Taken.Some(claimed);
            }
        }
    }

    private static Outlook outlook(Rows rows, QueueRow queue, long nowMillis) {
        QueueSettings.Batching batching = queue.settings().batching();
        return new Outlook(
                Readiness.of(
                        rows.heads(queue.id(), nowMillis, batching.maxSize()), batching, nowMillis),
                rows.nextDueMillis(queue.id(), nowMillis));
    }

    @Override
    public Ledger.Claimed pull(QueueRow queue, int size, long visibilityMillis) {
        return vault.write(rows -> {
            long now = nowMillis();
            return ledger.claimPull(rows, queue, now, size, now + visibilityMillis);
        });
    }

    @Override
    public List<Verdict.On> settle(QueueRow queue, List<Verdict.On> verdicts) {
        return vault.write(rows -> ledger.settle(rows, queue, verdicts, nowMillis()));
    }

    @Override
    public void ackWhenever(QueueRow queue, long place, int lease) {
        vault.write(rows -> ledger.ackWhenever(rows, queue, place, lease));
    }

    @Override
    public boolean giveBack(QueueRow queue, long place, int lease, Retry retry) {
        return vault.write(rows -> {
            long now = nowMillis();
            Optional<Stored> held =
                    rows.find(queue.id(), place)
                            .filter(message -> message.isLeased(Holder.PULLER, lease, now));
            held.ifPresent(message ->
                    ledger.settle(
                            rows,
                            queue,
                            List.of(new Verdict.On(message, new Verdict.Again(retry, false))),
                            now));
            return held.isPresent();
        });
    }

    @Override
    public OptionalLong sweep(QueueRow queue, long nowMillis) {
        long retention = queue.settings().retention().toMillis();
        // First the oldest of all: to find the oldest free one passes all that are held before it.
        OptionalLong any = vault.read(rows -> rows.oldestArrivalMillis(queue.id()));
        if (any.isEmpty() || any.getAsLong() + retention > nowMillis) {
            return Wake.after(any, retention);
        }
        OptionalLong oldest = vault.read(rows -> rows.oldestFreeMillis(queue.id()));
        while (oldest.isPresent() && oldest.getAsLong() + retention <= nowMillis) {
            vault.write(rows -> ledger.sweep(rows, queue, nowMillis));
            oldest = vault.read(rows -> rows.oldestFreeMillis(queue.id()));
        }
        return Wake.after(oldest, retention);
    }

    @Override
    public long purge(QueueRow queue) {
        long purged = 0;
        int step;
        do {
            step = vault.write(rows -> ledger.purge(rows, queue));
            purged += step;
        } while (step == Ledger.SWEEP);
        return purged;
    }

    @Override
    public QueueMetrics metrics(QueueRow queue) {
        return vault.read(rows -> ledger.metrics(rows, queue));
    }

    @Override
    public SharedQueues.Totals totals(QueueRow queue) {
        return vault.read(rows ->
                new SharedQueues.Totals(
                        ledger.metrics(rows, queue), rows.tally(queue.id()).counts()));
    }

    @Override
    public List<Stored> page(QueueRow queue, long place, int limit) {
        return vault.read(rows -> rows.page(queue.id(), place, limit));
    }

    @Override
    public Optional<String> redrive(
            QueueRow from, QueueRow to, Stored letter, long visibleAtMillis) {
        return vault.write(
                rows -> ledger.redrive(rows, from, to, letter, nowMillis(), visibleAtMillis));
    }

    @Override
    public Optional<SharedQueues.Mark> mark(String token) {
        return vault.read(rows ->
                rows.redrive(token)
                        .map(row ->
                                new SharedQueues.Mark(
                                        token,
                                        name(rows, row.queue()),
                                        row.lastPlace(),
                                        row.nextVisibleAtMillis())));
    }

    private static String name(Rows rows, int id) {
        return rows.queues().stream()
                .filter(queue -> queue.id() == id)
                .map(QueueRow::name)
                .findFirst()
                .orElse("");
    }

    @Override
    public void save(SharedQueues.Mark mark) {
        vault.write(rows -> {
            rows.saveRedrive(
                    new RedriveRow(
                            mark.token(),
                            rows.queue(mark.queue()).map(QueueRow::id).orElse(-1),
                            mark.lastPlace(),
                            mark.nextVisibleAtMillis()));
            return true;
        });
    }

    @Override
    public long lastPlace(QueueRow queue) {
        return vault.read(rows -> rows.lastPlace(queue.id()));
    }

    @Override
    public <T> T together(Supplier<T> work) {
        return vault.write(rows -> work.get());
    }

    @Override
    public OptionalLong lookAgainMillis(QueueRow queue, long nowMillis) {
        return OptionalLong.empty(); // nobody else takes messages: every lease is known here
    }

    @Override
    public Optional<LocalKeeper> transactions() {
        return Optional.of(this);
    }

    boolean inTransaction() {
        return vault.inTransaction();
    }

    boolean isIn(AutoCloseable store) {
        return vault.isIn(store);
    }

    void inWrite(Writing work) {
        vault.write(rows -> {
            work.run(rows, ledger);
            return true;
        });
    }

    @Override
    public Descriptor.Durability durability() {
        return vault.durability();
    }

    @Override
    public Set<Guarantee> extras() {
        return vault.extras();
    }

    @Override
    public void close() {
        // The vault stays open: it is its owner's.
    }
}
