package dev.flowir.wasm;

import dev.flowir.kv.KvEntry;
import dev.flowir.kv.KvException;
import dev.flowir.kv.KvFault;
import dev.flowir.kv.KvKey;
import dev.flowir.kv.KvPage;
import dev.flowir.kv.KvRemote;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.PutOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Entries in a namespace of Workers KV. */
final class EdgeKv implements KvRemote {

    private static final Boolean DONE = true;
    private static final int MILLIS = 1000;

    private final String name;

    EdgeKv(String name) {
        this.name = name;
    }

    private JsKv namespace() {
        return Isolate.platform().kv(name);
    }

    @Override
    public long nowMillis() {
        return (long) Isolate.platform().nowMillis();
    }

    @Override
    public Optional<KvEntry> get(String key, OptionalLong cacheMillis) {
        Isolate.Call<Optional<KvEntry>> call = Isolate.call();
        begin(key, cacheMillis.orElse(-1), call);
        return await(call, KvFault.CACHE_TTL_TOO_SHORT);
    }

    private void begin(String key, long cacheMillis, Isolate.Call<Optional<KvEntry>> call) {
        namespace()
                .get(
                        key,
                        cacheMillis < 0 ? -1 : Math.floor(cacheMillis / (double) MILLIS),
                        (value, metadata) ->
                                call.done(
                                        Optional.of(
                                                new KvEntry(
                                                        KvValue.of(value),
                                                        textOf(metadata),
                                                        Optional.empty()))),
                        () -> call.done(Optional.empty()),
                        call::failed);
    }

    /** All at once: the platform's own read of many keys gives text only, and values are bytes. */
    @Override
    public Map<String, Optional<KvValue>> getMany(List<String> keys) {
        List<Isolate.Call<Optional<KvEntry>>> calls = new ArrayList<>();
        for (String key : keys) {
            Isolate.Call<Optional<KvEntry>> call = Isolate.call();
            begin(key, -1, call);
            calls.add(call);
        }
        Map<String, Optional<KvValue>> found = new LinkedHashMap<>();
        for (int i = 0; i < calls.size(); i++) {
            Optional<KvEntry> entry = await(calls.get(i), KvFault.CACHE_TTL_TOO_SHORT);
            found.put(keys.get(i), entry.map(KvEntry::value));
        }
        return found;
    }

    @Override
    public KvPage list(String prefix, int limit, Optional<String> cursor) {
        Isolate.Call<String> call = Isolate.call();
        List<KvKey> keys = new ArrayList<>();
        namespace()
                .list(
                        prefix,
                        limit,
                        cursor.orElse(""),
                        (key, metadata, seconds) ->
                                keys.add(new KvKey(key, textOf(metadata), expiry(seconds))),
                        call::done,
                        call::failed);
        return new KvPage(keys, textOf(await(call, KvFault.BAD_CURSOR)));
    }

    private static Optional<Instant> expiry(double seconds) {
        return seconds > 0 ? Optional.of(Instant.ofEpochSecond((long) seconds)) : Optional.empty();
    }

    @Override
    public void put(String key, KvValue value, PutOptions options) {
        double ttl = 0;
        double expiry = 0;
        switch (options.expiry()) {
            case PutOptions.Expiry.Never() -> {}
            case PutOptions.Expiry.After(Duration time) -> ttl = wholeSeconds(time.toMillis());
            case PutOptions.Expiry.At(Instant end) -> expiry = wholeSeconds(end.toEpochMilli());
        }
        Isolate.Call<Boolean> call = Isolate.call();
        namespace()
                .put(
                        key,
                        value.bytes(),
                        ttl,
                        expiry,
                        options.metadata().orElse(""),
                        () -> call.done(DONE),
                        call::failed);
        await(call, KvFault.TTL_TOO_SHORT);
    }

    /** An entry lives no shorter than it was asked to. */
    private static double wholeSeconds(long millis) {
        return (double) Math.floorDiv(millis + MILLIS - 1, (long) MILLIS);
    }

    @Override
    public void delete(String key) {
        Isolate.Call<Boolean> call = Isolate.call();
        namespace().delete(key, () -> call.done(DONE), call::failed);
        await(call, KvFault.EMPTY_KEY);
    }

    private static Optional<String> textOf(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /**
     * The answer; what the platform refuses is told by its fault.
     *
     * @param wrongCall what a refusal with status 400 means, as all else was checked before
     */
    private static <T> T await(Isolate.Call<T> call, KvFault wrongCall) {
        try {
            return call.await();
        } catch (PlatformException refused) {
            String message = String.valueOf(refused.getMessage());
            if (message.contains(" 429 ")) {
                throw new KvException(KvFault.RATE_LIMITED, message);
            }
            if (message.contains("Too many API requests")) {
                throw new KvException(KvFault.TOO_MANY_OPERATIONS, message);
            }
            if (message.contains(" 413 ")) {
                throw new KvException(KvFault.VALUE_TOO_LARGE, message);
            }
            if (message.contains(" 400 ")) {
                throw new KvException(wrongCall, message);
            }
            throw refused;
        }
    }
}
