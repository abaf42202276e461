package dev.flowir.kv;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads behind a veil. */
class VeiledReader implements KvReader {

    private final KvReader inner;
    final Veil veil;
    final Checks checks;

    VeiledReader(KvReader inner, Veil veil, Checks checks) {
        this.inner = inner;
        this.veil = veil;
        this.checks = checks;
    }

    /** The name of a key that may be one. */
    final String name(String key) {
        checks.key(key);
        return veil.name(key);
    }

    @Override
    public Optional<KvEntry> getWithMetadata(String key) {
        return inner.getWithMetadata(name(key))
                .map(entry ->
                        new KvEntry(
                                veil.unseal(key, entry.value()),
                                entry.metadata(),
                                entry.expiresAt()));
    }

    @Override
    public Optional<KvValue> get(String key, Duration cacheTtl) {
        return inner.get(name(key), cacheTtl).map(value -> veil.unseal(key, value));
    }

    @Override
    public Map<String, Optional<KvValue>> getMany(List<String> keys) {
        checks.keys(keys);
        Map<String, Optional<KvValue>> found =
                inner.getMany(keys.stream().map(veil::name).toList());
        Map<String, Optional<KvValue>> plain = new LinkedHashMap<>();
        long bytes = 0;
        for (String key : keys) {
            Optional<KvValue> value =
                    found.getOrDefault(veil.name(key), Optional.empty())
                            .map(kept -> veil.unseal(key, kept));
            bytes += value.map(KvValue::size).orElse(0);
            checks.bulk(bytes);
            plain.put(key, value);
        }
        return plain;
    }

    @Override
    public KvPage list(KvQuery query) {
        checks.prefix(query);
        if (!veil.keepsStarts()) {
            throw new KvException(
                    KvFault.NOT_LISTED,
                    "names of these entries are hashes of their keys, which nobody can list");
        }
        KvPage page =
                inner.list(new KvQuery(veil.name(query.prefix()), query.limit(), query.cursor()));
        return new KvPage(
                page.keys().stream()
                        .map(key ->
                                new KvKey(veil.key(key.name()), key.metadata(), key.expiresAt()))
                        .toList(),
                page.cursor());
    }
}
