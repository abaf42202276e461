package dev.flowir.testing;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A Redis server and one that speaks S3, for all tests of a class; each binding has a database and
 * a bucket of its own.
 */
public final class SharedServers implements Closeable {

    private static final int DATABASES = 64;

    private final RedisServer redis;
    private final S3Server s3;
    private int used;

    private SharedServers(RedisServer redis, S3Server s3) {
        this.redis = redis;
        this.s3 = s3;
    }

    /**
     * Starts both.
     *
     * @param folder where they keep their files
     * @return the servers
     * @throws IOException when one is not installed, or ends before it answers
     */
    public static SharedServers start(Path folder) throws IOException {
        RedisServer redis =
                RedisServer.start(
                        Files.createDirectories(folder.resolve("redis")),
                        RedisServer.Fsync.EVERY_SECOND,
                        "--databases",
                        Integer.toString(DATABASES));
        try {
            Path objects = Files.createDirectories(folder.resolve("s3"));
            return new SharedServers(redis, S3Server.start(objects));
        } catch (IOException failure) {
            redis.close();
            throw failure;
        }
    }

    /**
     * What an environment sets, for a database and a bucket with nothing in them; 64 times at most.
     *
     * @return {@code REDIS_URL}, {@code S3_URL}, {@code S3_BUCKET}, {@code S3_KEY_ID} and {@code
     *     S3_SECRET}
     * @throws IOException when the bucket cannot be made
     */
    public Map<String, String> variables() throws IOException {
        int number = used++;
        s3.createBucket("bucket-" + number);
        return Map.of(
                "REDIS_URL",
                "redis://127.0.0.1:" + redis.port() + "/" + number,
                "S3_URL",
                s3.endpoint().toString(),
                "S3_BUCKET",
                "bucket-" + number,
                "S3_KEY_ID",
                S3Server.KEY_ID,
                "S3_SECRET",
                S3Server.KEY_SECRET);
    }

    @Override
    public void close() {
        s3.close();
        redis.close();
    }
}
