package dev.flowir.redis;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.KvWriter;
import dev.flowir.testing.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * A measurement, run by hand: key-value on Redis beside the bare client, on one server, with the
 * same keys and values and as many calls under way. Arguments: folder, seconds of each, rounds
 * after one to warm up, calls under way.
 */
final class RedisSpeed {

    private static final int KEYS = 10_000;
    private static final KvValue VALUE = KvValue.of(new byte[200]);

    /** Who does the work. */
    private enum Contender {
        /** One thread that sends and does not wait for answers. */
        BARE_PUT,
        /** A virtual thread for each call under way, as the bodies of nodes are. */
        PUT,
        BARE_GET,
        GET;

        Contender bare() {
            return this == PUT || this == BARE_PUT ? BARE_PUT : BARE_GET;
        }
    }

    private record Rate(double perSecond, double processorMicros) {}

    private final RedisAsyncCommands<byte[], byte[]> bare;
    private final KvWriter kv;
    private final int underWay;
    private final long nanos;

    private RedisSpeed(
            RedisAsyncCommands<byte[], byte[]> bare, KvWriter kv, int underWay, int seconds) {
        this.bare = bare;
        this.kv = kv;
        this.underWay = underWay;
        this.nanos = seconds * 1_000_000_000L;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path into = Path.of(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        int underWay = Integer.parseInt(arguments[3]);
        for (RedisServer.Fsync fsync : RedisServer.Fsync.values()) {
            Path folder = Files.createTempDirectory(into, "speed");
            try (RedisServer server = RedisServer.start(folder, fsync);
                    Redis redis = Redis.connect(Patient.at(server));
                    RedisClient client =
                            RedisClient.create("redis://" + server.host() + ":" + server.port());
                    StatefulRedisConnection<byte[], byte[]> connection =
                            client.connect(ByteArrayCodec.INSTANCE)) {
                KvWriter kv = redis.kv("speed").writer(Scope.outside("speed"));
                new RedisSpeed(connection.async(), kv, underWay, seconds).report(fsync, rounds);
            }
        }
    }

    private void report(RedisServer.Fsync fsync, int rounds) throws InterruptedException {
        fill();
        Map<Contender, List<Rate>> rates = new EnumMap<>(Contender.class);
        for (int round = 0; round <= rounds; round++) {
            for (Contender each : Contender.values()) {
                Rate rate = measured(each);
                if (round > 0) {
                    rates.computeIfAbsent(each, key -> new ArrayList<>()).add(rate);
                }
            }
        }
        Map<Contender, Rate> middle = new EnumMap<>(Contender.class);
        rates.forEach((each, all) -> {
            all.sort(Comparator.comparingDouble(Rate::perSecond));
            middle.put(each, all.get(all.size() / 2));
        });
        middle.forEach((each, rate) ->
                System.out.printf(
                        Locale.ROOT,
                        "%s %s: %,.0f a second, %.2f of the bare client, %.1f us of processor%n",
                        fsync,
                        each,
                        rate.perSecond(),
                        rate.perSecond() / middle.getOrDefault(each.bare(), rate).perSecond(),
                        rate.processorMicros()));
    }

    /** Every key is there, so that all reads find something. */
    private void fill() throws InterruptedException {
        Semaphore window = new Semaphore(underWay);
        for (int i = 0; i < KEYS; i++) {
            String key = "key" + i;
            kv.put(key, VALUE);
            send(window, new LongAdder(), bare.set(Server.utf8(key), VALUE.bytes()));
        }
        window.acquire(underWay);
    }

    private Rate measured(Contender each) throws InterruptedException {
        LongAdder done = new LongAdder();
        long processor = processorNanos();
        long began = System.nanoTime();
        byte[] value = VALUE.bytes();
        switch (each) {
            case BARE_PUT -> pipelined(done, key -> bare.set(Server.utf8(key), value));
            case PUT -> inThreads(done, key -> kv.put(key, VALUE));
            case BARE_GET -> pipelined(done, key -> bare.get(Server.utf8(key)));
            case GET -> inThreads(done, kv::get);
        }
        double calls = Math.max(1, done.sum());
        double took = System.nanoTime() - began;
        return new Rate(calls * 1e9 / took, (processorNanos() - processor) / 1e3 / calls);
    }

    private interface Send {
        RedisFuture<?> send(String key);
    }

    private interface Call {
        void call(String key);
    }

    private void pipelined(LongAdder done, Send send) throws InterruptedException {
        Semaphore window = new Semaphore(underWay);
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            send(window, done, send.send(key()));
        }
        window.acquire(underWay);
    }

    private static void send(Semaphore window, LongAdder done, RedisFuture<?> answer)
            throws InterruptedException {
        window.acquire();
        answer.whenComplete((value, failure) -> {
            window.release();
            if (failure == null) {
                done.increment();
            }
        });
    }

    private void inThreads(LongAdder done, Call call) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < underWay; i++) {
            threads.add(
                    Thread.startVirtualThread(() -> {
                        while (System.nanoTime() < end) {
                            call.call(key());
                            done.increment();
                        }
                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static String key() {
        return "key" + ThreadLocalRandom.current().nextInt(KEYS);
    }

    private static long processorNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }
}
