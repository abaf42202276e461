package dev.flowir.benchmarks.redis;

import io.lettuce.core.Consumer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** The bare client: one connection to send by, one for blocked reads. */
final class Bare implements AutoCloseable {

    private static final byte[] STREAM = utf8("bare");
    private static final byte[] COUNTED = utf8("counted");
    private static final byte[] GROUP = utf8("group");
    private static final byte[] BODY = utf8("b");
    private static final long BLOCK_MILLIS = 50;

    private final RedisClient client;
    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final StatefulRedisConnection<byte[], byte[]> reading;
    private long places;

    private Bare(RedisClient client) {
        this.client = client;
        this.connection = client.connect(ByteArrayCodec.INSTANCE);
        this.reading = client.connect(ByteArrayCodec.INSTANCE);
    }

    static Bare at(String host, int port) {
        return new Bare(RedisClient.create("redis://" + host + ":" + port));
    }

    private RedisAsyncCommands<byte[], byte[]> commands() {
        return connection.async();
    }

    RedisFuture<?> set(String key, byte[] value) {
        return commands().set(utf8(key), value);
    }

    RedisFuture<?> get(String key) {
        return commands().get(utf8(key));
    }

    RedisFuture<?> send(byte[] body) {
        return commands().xadd(STREAM, Map.of(BODY, body));
    }

    /** An entry with metadata and expiry that lists find in the order of keys, all or nothing. */
    RedisFuture<?> setListed(String key, byte[] value) {
        byte[] name = utf8(key);
        Map<byte[], byte[]> entry =
                Map.of(BODY, value, utf8("m"), new byte[0], utf8("x"), new byte[0]);
        return atOnce(redis ->
                List.of(
                        redis.hset(utf8("listed:" + key), entry),
                        redis.zadd(utf8("listed"), 0, name)));
    }

    /** A message that can be late, held under a lease and counted, all or nothing. */
    RedisFuture<?> sendCounted(byte[] body) {
        byte[] place = utf8(String.format(Locale.ROOT, "%016d", ++places));
        Map<byte[], byte[]> message =
                Map.of(
                        BODY,
                        body,
                        utf8("e"),
                        utf8(UUID.randomUUID() + " 1700000000000 bytes"),
                        utf8("a"),
                        utf8("1700000000000"),
                        utf8("s"),
                        utf8("300"));
        XAddArgs id = new XAddArgs().id(places + "-0");
        byte[] numbers = utf8("counted:numbers");
        return atOnce(redis ->
                List.of(
                        redis.xadd(COUNTED, id, message),
                        redis.zadd(utf8("counted:due"), 1.7e12, place),
                        redis.hincrby(numbers, utf8("messages"), 1),
                        redis.hincrby(numbers, utf8("bytes"), 300)));
    }

    /** All or nothing. From one thread only: what it sends stands between beginning and end. */
    private RedisFuture<?> atOnce(
            Function<RedisAsyncCommands<byte[], byte[]>, List<RedisFuture<?>>> commands) {
        var unusedBeginning = commands().multi();
        var unusedAnswers = commands.apply(commands());
        return commands().exec();
    }

    /** An empty stream with a group. */
    void begin() {
        commands()
                .del(STREAM, COUNTED, utf8("counted:due"), utf8("counted:numbers"))
                .toCompletableFuture()
                .join();
        commands()
                .xgroupCreate(
                        XReadArgs.StreamOffset.from(STREAM, "0"),
                        GROUP,
                        XGroupCreateArgs.Builder.mkstream())
                .toCompletableFuture()
                .join();
    }

    /** Takes, acknowledges and removes up to so many; answers how many those were. */
    @SuppressWarnings("unchecked") // an array of Lettuce's varargs
    long work(int batch) {
        try {
            List<StreamMessage<byte[], byte[]>> taken =
                    reading.async()
                            .xreadgroup(
                                    Consumer.from(GROUP, utf8("one")),
                                    XReadArgs.Builder.count(batch).block(BLOCK_MILLIS),
                                    XReadArgs.StreamOffset.lastConsumed(STREAM))
                            .toCompletableFuture()
                            .join();
            if (taken == null || taken.isEmpty()) {
                return 0;
            }
            String[] ids = taken.stream().map(StreamMessage::getId).toArray(String[]::new);
            RedisFuture<Long> acked = commands().xack(STREAM, GROUP, ids);
            commands().xdel(STREAM, ids).toCompletableFuture().join();
            return acked.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the bare client failed", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        connection.close();
        reading.close();
        client.shutdown();
    }
}
