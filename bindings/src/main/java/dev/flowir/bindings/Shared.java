package dev.flowir.bindings;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What several providers stand on: opened by the first, closed after all. */
final class Shared {

    private final Map<String, Object> byName = new HashMap<>();
    private final Map<String, Map<String, Object>> byInstance = new HashMap<>();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private boolean closed;

    synchronized void lend(String name, Object open) {
        byName.put(name, open);
    }

    /** What an instance stands on, of one type; empty while none of its providers is open. */
    synchronized <T> Optional<T> behind(String instance, Class<T> type) {
        return Optional.ofNullable(byInstance.getOrDefault(instance, Map.of()).get(type.getName()))
                .map(type::cast);
    }

    /** The same for an instance that stands on it from now on. */
    synchronized <T> T get(String instance, String name, Class<T> type, Supplier<T> open) {
        T shared = get(name, type, open);
        byInstance
                .computeIfAbsent(instance, unknown -> new HashMap<>())
                .put(type.getName(), shared);
        return shared;
    }

    /** Opening one may ask for another. */
    private <T> T get(String name, Class<T> type, Supplier<T> open) {
        if (closed) {
            throw new IllegalStateException("the bindings are closed");
        }
        Object known = byName.get(name);
        if (known != null) {
            return type.cast(known);
        }
        T fresh = open.get();
        byName.put(name, fresh);
        if (fresh instanceof AutoCloseable closeable) {
            opened.push(closeable);
        }
        return fresh;
    }

    /** All of them, the last first, whatever one of them throws; that is thrown in the end. */
    synchronized void close() {
        closed = true;
        @Nullable IllegalStateException failed = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                IllegalStateException failure =
                        new IllegalStateException("what bindings opened does not close", e);
                if (failed == null) {
                    failed = failure;
                } else {
                    failed.addSuppressed(failure);
                }
            }
        }
        byName.clear();
        byInstance.clear();
        if (failed != null) {
            throw failed;
        }
    }
}
