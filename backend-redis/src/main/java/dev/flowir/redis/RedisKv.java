package dev.flowir.redis;

import dev.flowir.kernel.cap.Utf8Key;
import dev.flowir.kv.KvAtomicRemote;
import dev.flowir.kv.KvEntry;
import dev.flowir.kv.KvException;
import dev.flowir.kv.KvFault;
import dev.flowir.kv.KvKey;
import dev.flowir.kv.KvPage;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.PutOptions;
import io.lettuce.core.KeyValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A namespace on a server. An entry is a hash of value, metadata and expiry; beside them stand two
 * sorted sets: all keys with the same score, which orders them by their bytes, and those that
 * expire. Entries expire by the server's own clock.
 */
final class RedisKv implements KvAtomicRemote {

    /** The largest integer that a number in a script holds exactly, in the year 287396. */
    private static final long LATEST_MILLIS = (1L << 53) - 1;

    /** So many read at once with a command each, which waits for nobody; more share scripts. */
    private static final int FEW_READERS = 16;

    private static final byte[] VALUE = Server.utf8("v");
    private static final byte[] METADATA = Server.utf8("m");
    private static final byte[] EXPIRY = Server.utf8("x");
    private static final byte[] NOTHING = new byte[0];

    private final Link link;
    private final Optional<InstantSource> clock;
    private final byte[] entries;
    private final byte[] index;
    private final byte[] expiries;
    private final Together writes;
    private final Together reads;
    private final AtomicInteger reading = new AtomicInteger();

    /**
     * A namespace.
     *
     * @param names what all its keys begin with
     * @param clock by which entries expire, for tests; the server's when empty
     */
    RedisKv(Link link, String names, Optional<InstantSource> clock) {
        this.link = link;
        this.clock = clock;
        this.entries = Server.utf8(names + ":e:");
        this.index = Server.utf8(names + ":keys");
        this.expiries = Server.utf8(names + ":expiries");
        this.writes =
                new Together(link, Script.KV_WRITE, new byte[][] {index, expiries}, this::common);
        this.reads =
                new Together(
                        link, Script.KV_GET, new byte[][] {index}, () -> new byte[][] {entries});
    }

    @Override
    public long nowMillis() {
        if (clock.isPresent()) {
            return clock.get().millis();
        }
        List<byte[]> time = link.call(0, redis -> redis.time());
        return Long.parseLong(text(time.get(0))) * 1000 + Long.parseLong(text(time.get(1))) / 1000;
    }

    @Override
    public Optional<KvEntry> get(String key, OptionalLong cacheMillis) {
        byte[] name = Server.utf8(key);
        boolean alone = reading.getAndIncrement() < FEW_READERS;
        try {
            return alone ? readAlone(entry(name)) : readTogether(name);
        } finally {
            reading.decrementAndGet();
        }
    }

    private Optional<KvEntry> readAlone(byte[] entry) {
        List<KeyValue<byte[], byte[]>> fields =
                link.call(entry.length, redis -> redis.hmget(entry, VALUE, METADATA, EXPIRY));
        return entry(
                fields.get(0).getValueOrElse(null),
                fields.get(1).getValueOrElse(null),
                fields.get(2).getValueOrElse(null));
    }

    private Optional<KvEntry> readTogether(byte[] name) {
        Object outcome = reads.call(List.of(name));
        if (outcome instanceof byte[] refusal) {
            throw Faults.said(text(refusal));
        }
        List<?> fields = (List<?>) outcome;
        return entry(bytes(fields, 0), bytes(fields, 1), bytes(fields, 2));
    }

    @Override
    public Map<String, Optional<KvValue>> getMany(List<String> keys) {
        List<String> different = keys.stream().distinct().toList();
        byte[][] names =
                different.stream().map(key -> entry(Server.utf8(key))).toArray(byte[][]::new);
        List<?> found = link.list(Script.KV_READ, names);
        Map<String, Optional<KvValue>> values = new LinkedHashMap<>();
        for (int i = 0; i < different.size(); i++) {
            values.put(
                    different.get(i),
                    entry(bytes(found, 3 * i), bytes(found, 3 * i + 1), bytes(found, 3 * i + 2))
                            .map(KvEntry::value));
        }
        return values;
    }

    @Override
    public KvPage list(String prefix, int limit, Optional<String> cursor) {
        Utf8Key start = Utf8Key.wrap(Server.utf8(prefix));
        byte[] first =
                cursor.map(text -> bound('(', last(text, start).bytes()))
                        .orElseGet(() -> bound('[', start.bytes()));
        byte[] end = start.behindAll().map(key -> bound('(', key.bytes())).orElse(Server.utf8("+"));
        // One more than asked for tells whether another page follows.
        List<?> found =
                link.list(
                        Script.KV_LIST,
                        new byte[][] {index},
                        entries,
                        first,
                        end,
                        Server.utf8(Integer.toString(limit + 1)));
        List<KvKey> keys = new ArrayList<>();
        Optional<String> next = Optional.empty();
        for (int at = 0; at < found.size() && at < 3 * limit; at += 3) {
            Utf8Key key = Utf8Key.wrap((byte[]) found.get(at));
            shown(bytes(found, at + 1), bytes(found, at + 2))
                    .map(entry -> new KvKey(key.toString(), entry.metadata(), entry.expiresAt()))
                    .ifPresent(keys::add);
            if (at == 3 * (limit - 1) && found.size() > 3 * limit) {
                next = Optional.of(key.cursor());
            }
        }
        return new KvPage(keys, next);
    }

    @Override
    public void put(String key, KvValue value, PutOptions options) {
        write("always", key, NOTHING, value, options);
    }

    @Override
    public boolean putIfAbsent(String key, KvValue value, PutOptions options) {
        return write("absent", key, NOTHING, value, options);
    }

    @Override
    public boolean compareAndSet(String key, KvValue expected, KvValue value, PutOptions options) {
        return write("equal", key, expected.bytes(), value, options);
    }

    private boolean write(
            String condition, String key, byte[] expected, KvValue value, PutOptions options) {
        byte[] name = Server.utf8(key);
        String kind =
                switch (options.expiry()) {
                    case PutOptions.Expiry.Never() -> "never";
                    case PutOptions.Expiry.After after -> "after";
                    case PutOptions.Expiry.At at -> "at";
                };
        long millis =
                switch (options.expiry()) {
                    case PutOptions.Expiry.Never() -> 0;
                    case PutOptions.Expiry.After(Duration ttl) -> lifeMillis(ttl);
                    case PutOptions.Expiry.At(Instant at) -> latest(at);
                };
        Object outcome =
                writes.call(
                        List.of(
                                Server.utf8(condition + " " + kind + " " + millis),
                                name,
                                expected,
                                value.bytes(),
                                Server.utf8(options.metadata().orElse(""))));
        if (outcome instanceof byte[] refusal) {
            throw Faults.said(text(refusal));
        }
        return (Long) outcome == 1;
    }

    private byte[][] common() {
        String told = clock.map(now -> Long.toString(now.millis())).orElse("");
        return new byte[][] {entries, Server.utf8(told)};
    }

    @Override
    public void delete(String key) {
        byte[] name = Server.utf8(key);
        link.number(Script.KV_DELETE, new byte[][] {entry(name), index, expiries}, name);
    }

    /** What goes with a value. */
    private record Shown(Optional<String> metadata, Optional<Instant> expiresAt) {}

    private Optional<KvEntry> entry(
            byte @Nullable [] value, byte @Nullable [] metadata, byte @Nullable [] expiry) {
        return value == null
                ? Optional.empty()
                : shown(metadata, expiry)
                        .map(shown ->
                                new KvEntry(
                                        KvValue.of(value), shown.metadata(), shown.expiresAt()));
    }

    /** Empty when the entry is gone, or is over by a clock that the server does not know. */
    private Optional<Shown> shown(byte @Nullable [] metadata, byte @Nullable [] expiry) {
        if (metadata == null || expiry == null) {
            return Optional.empty();
        }
        Optional<String> json =
                metadata.length == 0 ? Optional.empty() : Optional.of(text(metadata));
        if (expiry.length == 0) {
            return Optional.of(new Shown(json, Optional.empty()));
        }
        long at = Long.parseLong(text(expiry));
        return clock.isPresent() && at <= clock.get().millis()
                ? Optional.empty()
                : Optional.of(new Shown(json, Optional.of(Instant.ofEpochMilli(at))));
    }

    private static Utf8Key last(String cursor, Utf8Key start) {
        return Utf8Key.fromCursor(cursor)
                .filter(key -> key.startsWith(start))
                .orElseThrow(() ->
                        new KvException(
                                KvFault.BAD_CURSOR,
                                "a cursor is what an earlier page of the same list gave"));
    }

    private static long lifeMillis(Duration ttl) {
        Duration most = Duration.ofMillis(LATEST_MILLIS / 2);
        return ttl.compareTo(most) < 0 ? ttl.toMillis() : most.toMillis();
    }

    private static long latest(Instant at) {
        return Math.min(at.toEpochMilli(), LATEST_MILLIS);
    }

    private byte[] entry(byte[] key) {
        byte[] name = Arrays.copyOf(entries, entries.length + key.length);
        System.arraycopy(key, 0, name, entries.length, key.length);
        return name;
    }

    /** An end of a range as ZRANGE BYLEX has it: with the key itself, or without. */
    private static byte[] bound(char kind, byte[] key) {
        byte[] bound = new byte[key.length + 1];
        bound[0] = (byte) kind;
        System.arraycopy(key, 0, bound, 1, key.length);
        return bound;
    }

    private static byte @Nullable [] bytes(List<?> found, int at) {
        return found.get(at) instanceof byte[] bytes ? bytes : null;
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
