package dev.flowir.benchmarks.redis;

import io.lettuce.core.Consumer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** The bare client: one connection to send by, one for blocked reads. */
final class Bare implements AutoCloseable {

    private static final byte[] STREAM = utf8("bare");
    private static final byte[] GROUP = utf8("group");
    private static final byte[] BODY = utf8("b");
    private static final long BLOCK_MILLIS = 50;

    private final RedisClient client;
    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final StatefulRedisConnection<byte[], byte[]> reading;

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

    /** An empty stream with a group. */
    void begin() {
        commands().del(STREAM).toCompletableFuture().join();
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
