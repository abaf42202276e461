package dev.flowir.queue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Rows in memory. Guarded by the vault's lock. */
final class MemoryRows implements Rows {

    /** When a message is due: the one timer structure for delays, retries and leases. */
    private record Due(long atMillis, long place) {

        static final Comparator<Due> ORDER =
                Comparator.comparingLong(Due::atMillis).thenComparingLong(Due::place);

        static Due of(Stored message) {
            return new Due(message.progress().visibleAtMillis(), message.place());
        }
    }

    private static final class Table {
        private final TreeMap<Long, Stored> byPlace = new TreeMap<>();
        private final TreeSet<Due> dues = new TreeSet<>(Due.ORDER);
        private Tally tally = Tally.ZERO;
    }

    private final TreeMap<String, QueueRow> queues = new TreeMap<>();
    private final List<Table> tables = new ArrayList<>();
    private final Map<String, RedriveRow> redrives = new HashMap<>();
    private final List<Runnable> hooks = new ArrayList<>();
    private long places;

    List<Runnable> takeHooks() {
        List<Runnable> taken = List.copyOf(hooks);
        hooks.clear();
        return taken;
    }

    @Override
    public List<QueueRow> queues() {
        return List.copyOf(queues.values());
    }

    @Override
    public Optional<QueueRow> queue(String name) {
        return Optional.ofNullable(queues.get(name));
    }

    @Override
    public QueueRow addQueue(QueueRow queue) {
        QueueRow added =
                new QueueRow(tables.size(), queue.name(), queue.settings(), queue.paused());
        tables.add(new Table());
        queues.put(added.name(), added);
        return added;
    }

    @Override
    public void updateQueue(QueueRow queue) {
        queues.put(queue.name(), queue);
    }

    @Override
    public Tally tally(int queue) {
        return tables.get(queue).tally;
    }

    @Override
    public void addTally(int queue, Tally change) {
        Table table = tables.get(queue);
        table.tally = table.tally.plus(change);
    }

    @Override
    public OptionalLong oldestArrivalMillis(int queue) {
        Map.Entry<Long, Stored> first = tables.get(queue).byPlace.firstEntry();
        return first == null
                ? OptionalLong.empty()
                : OptionalLong.of(first.getValue().envelope().arrivedAtMillis());
    }

    @Override
    public OptionalLong oldestFreeMillis(int queue) {
        return free(queue, 1).stream()
                .mapToLong(message -> message.envelope().arrivedAtMillis())
                .findFirst();
    }

    private Stream<Stored> dueNow(int queue, long nowMillis, int limit) {
        Table table = tables.get(queue);
        return table.dues.headSet(new Due(nowMillis, Long.MAX_VALUE), true).stream()
                .limit(limit)
                .flatMap(due -> Stream.ofNullable(table.byPlace.get(due.place())));
    }

    @Override
    public List<Stored> due(int queue, long nowMillis, int limit) {
        return dueNow(queue, nowMillis, limit).toList();
    }

    @Override
    public List<Head> heads(int queue, long nowMillis, int limit) {
        return dueNow(queue, nowMillis, limit)
                .map(Stored::progress)
                .map(progress ->
                        new Head(
                                progress.visibleAtMillis(),
                                progress.alone() || progress.holder() != Holder.NOBODY))
                .toList();
    }

    @Override
    public OptionalLong nextDueMillis(int queue, long nowMillis) {
        Due next = tables.get(queue).dues.higher(new Due(nowMillis, Long.MAX_VALUE));
        return next == null ? OptionalLong.empty() : OptionalLong.of(next.atMillis());
    }

    @Override
    public List<Stored> free(int queue, int limit) {
        return tables.get(queue).byPlace.values().stream()
                .filter(message -> message.progress().holder() == Holder.NOBODY)
                .limit(limit)
                .toList();
    }

    @Override
    public List<Stored> page(int queue, long place, int limit) {
        return tables.get(queue).byPlace.tailMap(place, false).values().stream()
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Stored> find(int queue, long place) {
        return Optional.ofNullable(tables.get(queue).byPlace.get(place));
    }

    @Override
    public long insert(int queue, Envelope envelope, Progress progress) {
        put(new Stored(++places, queue, envelope, progress));
        return places;
    }

    @Override
    public void update(Stored message) {
        put(message);
    }

    private void put(Stored message) {
        Table table = tables.get(message.queue());
        Stored before = table.byPlace.put(message.place(), message);
        if (before != null) {
            table.dues.remove(Due.of(before));
        }
        table.dues.add(Due.of(message));
    }

    @Override
    public void delete(Stored message) {
        Table table = tables.get(message.queue());
        Stored before = table.byPlace.remove(message.place());
        if (before != null) {
            table.dues.remove(Due.of(before));
        }
    }

    @Override
    public long lastPlace(int queue) {
        TreeMap<Long, Stored> byPlace = tables.get(queue).byPlace;
        return byPlace.isEmpty() ? 0 : byPlace.lastKey();
    }

    @Override
    public void abandonHandlers(long nowMillis) {
        // Memory does not outlive its broker.
    }

    @Override
    public Optional<RedriveRow> redrive(String token) {
        return Optional.ofNullable(redrives.get(token));
    }

    @Override
    public void saveRedrive(RedriveRow redrive) {
        redrives.put(redrive.token(), redrive);
    }

    @Override
    public Object transaction() {
        return hooks;
    }

    @Override
    public void afterCommit(Runnable hook) {
        hooks.add(hook);
    }
}
