package dev.flowir.kv;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.Utf8Key;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The writing handle of one attempt. */
final class Writing implements KvAtomicWriter {

    private final Table table;
    private final Checks checks;
    private final Pace pace;
    private final Scope scope;
    private final Reading reading;

    Writing(Table table, Checks checks, Pace pace, Scope scope) {
        this.table = table;
        this.checks = checks;
        this.pace = pace;
        this.scope = scope;
        this.reading = new Reading(table, checks, scope);
    }

    @Override
    public Optional<KvValue> get(String key, Duration cacheTtl) {
        return reading.get(key, cacheTtl);
    }

    @Override
    public Optional<KvEntry> getWithMetadata(String key) {
        return reading.getWithMetadata(key);
    }

    @Override
    public Map<String, Optional<KvValue>> getMany(List<String> keys) {
        return reading.getMany(keys);
    }

    @Override
    public KvPage list(KvQuery query) {
        return reading.list(query);
    }

    @Override
    public void put(String key, KvValue value, PutOptions options) {
        write(key, value, options, present -> true);
    }

    @Override
    public boolean putIfAbsent(String key, KvValue value, PutOptions options) {
        return write(key, value, options, present -> present.get().isEmpty());
    }

    @Override
    public boolean compareAndSet(String key, KvValue expected, KvValue value, PutOptions options) {
        return write(key, value, options, present -> present.get().equals(Optional.of(expected)));
    }

    @Override
    public void delete(String key) {
        Utf8Key checked = checks.key(key);
        reading.count();
        table.remove(scope.fence(), checked);
    }

    private boolean write(
            String key,
            KvValue value,
            PutOptions options,
            Predicate<Supplier<Optional<KvValue>>> condition) {
        Utf8Key checked = checks.key(key);
        checks.value(value);
        checks.options(options);
        reading.count();
        return table.write(
                scope.fence(),
                checked,
                condition,
                now -> {
                    Row row =
                            new Row(
                                    checked,
                                    value,
                                    options.metadata(),
                                    checks.expiresAtMillis(options, now));
                    pace.admit(checked, now, checks.limits().writesPerSecond());
                    return row;
                });
    }
}
