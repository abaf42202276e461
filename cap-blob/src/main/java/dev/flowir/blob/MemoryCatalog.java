package dev.flowir.blob;

import dev.flowir.kernel.cap.Utf8Key;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/** What a bucket knows, in memory. The reference: small enough to be read at once. */
final class MemoryCatalog implements Catalog, Rows {

    private record Upload(UploadRow row, TreeMap<Integer, PartRow> parts) {}

    private final InstantSource clock;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final TreeMap<Utf8Key, Entry> objects = new TreeMap<>();
    private final Map<String, Upload> uploads = new HashMap<>();
    private final Map<String, Integer> holders = new HashMap<>();
    private final Map<Long, NotedEvent> noted = new TreeMap<>();
    private long lastEvent;

    MemoryCatalog(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public <T> T read(Function<Rows, T> work) {
        lock.readLock().lock();
        try {
            return work.apply(this);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public <T> T write(Function<Rows, T> work, Runnable committed) {
        T answer;
        lock.writeLock().lock();
        try {
            answer = work.apply(this);
        } finally {
            lock.writeLock().unlock();
        }
        committed.run();
        return answer;
    }

    @Override
    public long nowMillis() {
        return clock.millis();
    }

    @Override
    public Optional<Entry> find(Utf8Key key) {
        return Optional.ofNullable(objects.get(key));
    }

    @Override
    public List<BlobInfo> range(Utf8Key from, Edge edge, Optional<Utf8Key> to, int limit) {
        NavigableMap<Utf8Key, Entry> tail = objects.tailMap(from, edge == Edge.INCLUDED);
        List<BlobInfo> found = new ArrayList<>();
        for (Entry entry : tail.values()) {
            boolean behind = to.isPresent() && entry.key().compareTo(to.get()) >= 0;
            if (behind || found.size() == limit) {
                break;
            }
            found.add(entry.info());
        }
        return found;
    }

    @Override
    public void put(Entry entry) {
        find(entry.key()).ifPresent(old -> hold(old.files(), -1));
        objects.put(entry.key(), entry);
        hold(entry.files(), 1);
    }

    @Override
    public void remove(Entry entry) {
        objects.remove(entry.key());
        hold(entry.files(), -1);
    }

    private void hold(List<String> files, int by) {
        files.forEach(file -> holders.merge(file, by, Integer::sum));
    }

    @Override
    public void createUpload(UploadRow upload) {
        uploads.put(upload.id(), new Upload(upload, new TreeMap<>()));
    }

    @Override
    public Optional<UploadRow> upload(String id) {
        return Optional.ofNullable(uploads.get(id)).map(Upload::row);
    }

    @Override
    public List<UploadRow> uploadsUntil(long millis, int most) {
        return uploads.values().stream()
                .map(Upload::row)
                .filter(row -> row.createdAtMillis() <= millis)
                .sorted(Comparator.comparingLong(UploadRow::createdAtMillis))
                .limit(most)
                .toList();
    }

    @Override
    public List<PartRow> parts(String upload) {
        return Optional.ofNullable(uploads.get(upload))
                .map(found -> List.copyOf(found.parts().values()))
                .orElse(List.of());
    }

    @Override
    public Optional<PartRow> part(String upload, int number) {
        return Optional.ofNullable(uploads.get(upload)).map(found -> found.parts().get(number));
    }

    @Override
    public void putPart(String upload, PartRow part) {
        Upload found = uploads.get(upload);
        if (found == null) {
            throw new IllegalStateException("the upload was looked for before");
        }
        PartRow old = found.parts().put(part.number(), part);
        if (old != null) {
            hold(old.files(), -1);
        }
        hold(part.files(), 1);
    }

    @Override
    public void removeUpload(String upload) {
        parts(upload).forEach(part -> hold(part.files(), -1));
        uploads.remove(upload);
    }

    @Override
    public List<String> release(Collection<String> files) {
        Set<String> free = new HashSet<>(files);
        free.removeIf(this::holds);
        free.forEach(holders::remove);
        return List.copyOf(free);
    }

    @Override
    public boolean holds(String file) {
        return holders.getOrDefault(file, 0) > 0;
    }

    @Override
    public List<String> garbage(int most) {
        return List.of();
    }

    @Override
    public void cleared(Collection<String> files) {
        // nothing is marked: garbage does not outlive the process
    }

    @Override
    public void note(NotedEvent event) {
        long id = ++lastEvent;
        noted.put(id, new NotedEvent(id, event.rule(), event.event()));
    }

    @Override
    public List<NotedEvent> noted(String rule, int most) {
        return noted.values().stream()
                .filter(event -> event.rule().equals(rule))
                .limit(most)
                .toList();
    }

    @Override
    public List<NotedEvent> begun(int most) {
        return noted.values().stream()
                .filter(event -> event.rule().startsWith(BEGUN))
                .limit(most)
                .toList();
    }

    @Override
    public long notedCount() {
        return noted.size();
    }

    @Override
    public void forget(List<NotedEvent> events) {
        events.forEach(event -> noted.remove(event.id()));
    }
}
