package dev.flowir.wasm;

import dev.flowir.object.Cell;
import dev.flowir.object.StoredKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A cell: decoded once for each value that its storage has. */
final class EdgeCell<T> implements Cell<T> {

    private final EdgeStorage storage;
    private final StoredKey<T> key;
    private final T initial;
    private @Nullable String text;
    private @Nullable T value;

    EdgeCell(EdgeStorage storage, StoredKey<T> key, T initial) {
        this.storage = storage;
        this.key = key;
        this.initial = initial;
    }

    @Override
    public T get() {
        Optional<String> stored = storage.text(key.text());
        if (stored.isEmpty()) {
            return initial;
        }
        T known = value;
        if (known != null && stored.get().equals(text)) {
            return known;
        }
        T decoded = EdgeStorage.decode(key.type(), key.text(), stored.get());
        text = stored.get();
        value = decoded;
        return decoded;
    }

    @Override
    public void set(T next) {
        text = storage.store(key, next);
        value = next;
    }
}
