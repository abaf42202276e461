package dev.flowir.kv;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The reading handle. */
final class Reading implements KvReader {

    private final Table table;
    private final Checks checks;

    Reading(Table table, Checks checks) {
        this.table = table;
        this.checks = checks;
    }

    @Override
    public Optional<KvEntry> getWithMetadata(String key) {
        return table.read(checks.key(key)).map(Row::entry);
    }

    @Override
    public Map<String, Optional<KvValue>> getMany(List<String> keys) {
        List<Optional<Row>> rows = table.readAll(checks.keys(keys));
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
        // One more than asked for tells whether another page follows.
        List<KvKey> found =
                table.list(new Range(range.from(), range.after(), range.to(), range.limit() + 1));
        if (found.size() <= range.limit()) {
            return new KvPage(found, Optional.empty());
        }
        List<KvKey> page = new ArrayList<>(found.subList(0, range.limit()));
        String last = page.get(page.size() - 1).name();
        return new KvPage(page, Key.encode(last).map(Key::cursor));
    }
}
