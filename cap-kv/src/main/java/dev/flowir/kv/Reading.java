package dev.flowir.kv;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.Utf8Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/** The reading handle. */
final class Reading implements KvReader {

    private final Table table;
    private final Checks checks;
    private final Scope scope;
    private final AtomicInteger operations = new AtomicInteger();

    Reading(Table table, Checks checks, Scope scope) {
        this.table = table;
        this.checks = checks;
        this.scope = scope;
    }

    /** Counts a call of an attempt; work outside of runs has no attempt to count for. */
    void count() {
        OptionalInt most = checks.limits().operationsPerAttempt();
        if (most.isPresent()
                && !scope.runId().isEmpty()
                && operations.incrementAndGet() > most.getAsInt()) {
            throw checks.tooManyOperations(most.getAsInt());
        }
    }

    @Override
    public Optional<KvValue> get(String key, Duration cacheTtl) {
        checks.cacheTtl(cacheTtl);
        Utf8Key checked = checks.key(key);
        count();
        return table.read(checked, cacheTtl).map(Row::value);
    }

    @Override
    public Optional<KvEntry> getWithMetadata(String key) {
        Utf8Key checked = checks.key(key);
        count();
        return table.read(checked).map(Row::entry);
    }

    @Override
    public Map<String, Optional<KvValue>> getMany(List<String> keys) {
        List<Utf8Key> checked = checks.keys(keys);
        count();
        List<Optional<Row>> rows = table.readAll(checked);
        Map<String, Optional<KvValue>> found = new LinkedHashMap<>();
        long bytes = 0;
        for (int i = 0; i < keys.size(); i++) {
            Optional<KvValue> value = rows.get(i).map(Row::value);
            bytes += value.map(KvValue::size).orElse(0);
            checks.bulk(bytes);
            found.put(keys.get(i), value);
        }
        return found;
    }

    @Override
    public KvPage list(KvQuery query) {
        Range range = checks.range(query);
        count();
        // One more than asked for tells whether another page follows.
        List<KvKey> found =
                table.list(new Range(range.from(), range.after(), range.to(), range.limit() + 1));
        if (found.size() <= range.limit()) {
            return new KvPage(found, Optional.empty());
        }
        List<KvKey> page = new ArrayList<>(found.subList(0, range.limit()));
        String last = page.get(page.size() - 1).name();
        return new KvPage(page, Utf8Key.encode(last).map(Utf8Key::cursor));
    }
}
