package dev.flowir.durable;

import dev.flowir.kernel.journal.LargePayloads;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Large payloads in memory: for tests, and for histories that bring theirs along. */
public final class MemoryPayloads implements LargePayloads {

    private final Map<String, byte[]> kept = new ConcurrentHashMap<>();
    private final AtomicLong counter = new AtomicLong();

    /** A place with nothing in it. */
    public MemoryPayloads() {}

    /** Keeps bytes under the name that a record has for them. */
    void keep(String name, byte[] bytes) {
        kept.put(name, bytes.clone());
    }

    @Override
    public String store(byte[] bytes) {
        String name = "payload-" + counter.incrementAndGet();
        keep(name, bytes);
        return name;
    }

    @Override
    public byte[] load(String name) throws NoSuchFileException {
        byte[] bytes = kept.get(name);
        if (bytes == null) {
            throw new NoSuchFileException(name);
        }
        return bytes.clone();
    }

    @Override
    public void delete(String name) {
        kept.remove(name);
    }

    @Override
    public List<String> names() {
        return List.copyOf(kept.keySet());
    }
}
