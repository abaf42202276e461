package dev.flowir.benchmarks.redis;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.queue.Body;
import dev.flowir.queue.Broker;
import dev.flowir.queue.QueueSettings;
import dev.flowir.redis.Redis;
import dev.flowir.redis.RedisSettings;
import dev.flowir.testing.RedisServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** How soon what a killed process held is with another. */
final class Takeover {

    /** The lease that is measured with. */
    static final Duration LEASE = Duration.ofSeconds(4);

    private static final String QUEUE = "held";
    private static final String HELD = "held it is";

    private Takeover() {}

    /** Seconds from the death of a process to the delivery of its message to this one. */
    static double seconds(RedisServer server) throws IOException, InterruptedException {
        try (Redis redis = Redis.connect(RedisSettings.at(server.host(), server.port()));
                Broker broker = Scene.broker(redis)) {
            broker.declare(QUEUE, QueueSettings.defaults().batches(1, Duration.ZERO).lease(LEASE));
            broker.sender(QUEUE, Scope.outside("bench")).send(Body.text("m"));
            Process holder = holder(server.port());
            try (BufferedReader said = holder.inputReader(StandardCharsets.UTF_8)) {
                if (said.lines().noneMatch(line -> line.contains(HELD))) {
                    throw new IllegalStateException("a process ended before it held a message");
                }
                CountDownLatch taken = new CountDownLatch(1);
                broker.consume("other", List.of(QUEUE), batch -> taken.countDown());
                holder.destroyForcibly().waitFor();
                long began = System.nanoTime();
                taken.await();
                return (System.nanoTime() - began) / 1e9;
            } finally {
                holder.destroyForcibly();
            }
        }
    }

    private static Process holder(int port) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RedisBench.class.getName(),
                        "--hold",
                        Integer.toString(port))
                .redirectErrorStream(true)
                .start();
    }

    /** In the process that is killed. */
    static void hold(int port) throws InterruptedException {
        Broker broker = Scene.broker(Redis.connect(RedisSettings.at("127.0.0.1", port)));
        CountDownLatch never = new CountDownLatch(1);
        broker.consume(
                "holder",
                List.of(QUEUE),
                batch -> {
                    System.out.println(HELD);
                    never.await();
                });
        never.await();
    }
}
