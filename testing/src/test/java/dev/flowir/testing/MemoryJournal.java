package dev.flowir.testing;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.journal.RunRow;
import dev.flowir.kernel.journal.RunState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The least that another engine must bring: rows, records and one transaction at a time. */
final class MemoryJournal implements Journal {

    private record Kept(long previous, Payload bytes) {}

    /** All there is; a transaction works on a copy, which takes its place when it commits. */
    private static final class Content {
        final TreeMap<Long, RunRow> rows = new TreeMap<>();
        final Map<Long, Kept> records = new HashMap<>();
        final Map<String, Look> looks = new HashMap<>();
        long lastRun;
        long lastPlace;

        Content copy() {
            Content copy = new Content();
            copy.rows.putAll(rows);
            copy.records.putAll(records);
            copy.looks.putAll(looks);
            copy.lastRun = lastRun;
            copy.lastPlace = lastPlace;
            return copy;
        }
    }

    private Content content = new Content();

    @Override
    public synchronized <T, X extends Exception> T write(Work<T, X> work) throws X {
        Content next = content.copy();
        List<Runnable> hooks = new ArrayList<>();
        T answer = work.run(new MemoryTx(next, hooks));
        content = next;
        hooks.forEach(Runnable::run);
        return answer;
    }

    @Override
    public synchronized <T> T read(Work<T, RuntimeException> work) {
        return work.run(new MemoryTx(content.copy(), List.of()));
    }

    @Override
    public boolean commitsWith(CapabilityProvider provider) {
        return false;
    }

    private record MemoryTx(Content at, List<Runnable> hooks) implements Tx {

        private List<RunRow> where(Predicate<RunRow> condition, Comparator<RunRow> by, int limit) {
            return at.rows.values().stream().filter(condition).sorted(by).limit(limit).toList();
        }

        @Override
        public Optional<RunRow> find(String id) {
            return at.rows.values().stream().filter(row -> row.id().equals(id)).findFirst();
        }

        @Override
        public Optional<RunRow> get(long run) {
            return Optional.ofNullable(at.rows.get(run));
        }

        @Override
        public List<RunRow> list(List<RunState> states, long after, int limit) {
            return where(
                    row -> states.contains(row.state()) && row.run() > after,
                    Comparator.comparingLong(RunRow::run),
                    limit);
        }

        private static long due(RunRow row) {
            return row.dueMillis().orElse(Long.MAX_VALUE);
        }

        @Override
        public List<RunRow> due(long nowMillis, int limit) {
            return where(
                    row -> due(row) <= nowMillis, Comparator.comparingLong(MemoryTx::due), limit);
        }

        @Override
        public OptionalLong nextDueMillis() {
            return at.rows.values().stream()
                    .filter(row -> row.dueMillis().isPresent())
                    .mapToLong(MemoryTx::due)
                    .min();
        }

        @Override
        public List<RunRow> over(long beforeMillis, int limit) {
            return where(
                    row -> row.state().isOver() && row.updatedMillis() < beforeMillis,
                    Comparator.comparingLong(RunRow::updatedMillis),
                    limit);
        }

        @Override
        public Optional<Look> look(String schedule) {
            return Optional.ofNullable(at.looks.get(schedule));
        }

        @Override
        public void look(String schedule, Look look) {
            at.looks.put(schedule, look);
        }

        @Override
        public RunRow insert(RunRow row) {
            RunRow numbered = row.numbered(++at.lastRun);
            at.rows.put(numbered.run(), numbered);
            return numbered;
        }

        @Override
        public void update(RunRow row) {
            at.rows.put(row.run(), row);
        }

        @Override
        public long append(long run, long previous, byte[] bytes) {
            long place = ++at.lastPlace;
            at.records.put(place, new Kept(previous, Payload.of(bytes)));
            at.rows.computeIfPresent(run, (key, row) -> row.endingAt(place));
            return place;
        }

        @Override
        public List<Stored> chain(long tail) {
            List<Stored> chain = new ArrayList<>();
            Kept kept = at.records.get(tail);
            for (long place = tail; kept != null; kept = at.records.get(place)) {
                chain.add(0, new Stored(place, kept.bytes()));
                place = kept.previous();
            }
            return chain;
        }

        @Override
        public void forget(long last) {
            chain(last).forEach(stored -> at.records.remove(stored.place()));
        }

        @Override
        public void delete(RunRow row) {
            forget(row.tail());
            at.rows.remove(row.run());
        }

        @Override
        public void afterCommit(Runnable hook) {
            hooks.add(hook);
        }
    }
}
