package dev.flowir.object;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A cell: decoded once for each value that its storage has. */
final class StoredCell<T> implements Cell<T> {

    private final Context<?> context;
    private final StoredKey<T> key;
    private final T initial;
    private byte @Nullable [] bytes;
    private @Nullable T value;

    StoredCell(Context<?> context, StoredKey<T> key, T initial) {
        this.context = context;
        this.key = key;
        this.initial = initial;
    }

    @Override
    public T get() {
        Optional<byte[]> stored = context.raw(key.text());
        if (stored.isEmpty()) {
            return initial;
        }
        T known = value;
        if (known != null && Arrays.equals(stored.get(), bytes)) {
            return known;
        }
        T decoded = context.decode(key, stored.get());
        bytes = stored.get();
        value = decoded;
        return decoded;
    }

    @Override
    public void set(T next) {
        bytes = context.store(key, next);
        value = next;
    }
}
