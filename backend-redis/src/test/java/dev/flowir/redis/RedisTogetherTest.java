package dev.flowir.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.kv.KvEntry;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.KvWriter;
import dev.flowir.kv.PutOptions;
import dev.flowir.queue.Body;
import dev.flowir.queue.Bound;
import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.queue.Outgoing;
import dev.flowir.queue.QueueException;
import dev.flowir.queue.QueueFault;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.QueueSettings;
import dev.flowir.queue.SendOptions;
import dev.flowir.testing.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Calls that go to a server together: while it stands still, they gather. */
class RedisTogetherTest {

    private static RedisServer server;
    private RedisSettings settings;
    private Redis redis;
    private Link link;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        server = RedisServer.start(folder, RedisServer.Fsync.ALWAYS);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect(TestInfo test) {
        settings = Patient.at(server).prefixed(test.getTestMethod().orElseThrow().getName());
        redis = Redis.connect(settings);
        link = Link.open(settings);
    }

    @AfterEach
    void close() throws IOException {
        server.thaw();
        redis.close();
        link.close();
    }

    private KvWriter kv() {
        return redis.kv("kv").writer(Scope.outside("test"));
    }

    /** The end of a call: empty, or what it threw. */
    private static CompletableFuture<Optional<Throwable>> beside(Runnable call) {
        CompletableFuture<Optional<Throwable>> end = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                call.run();
                end.complete(Optional.empty());
            } catch (Throwable e) {
                end.complete(Optional.of(e));
            }
        });
        return end;
    }

    private static Optional<Throwable> end(CompletableFuture<Optional<Throwable>> call) {
        try {
            return call.get(60, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (TimeoutException e) {
            throw new AssertionError("a call does not end", e);
        }
    }

    /** Begins calls while the server stands still, and lets it go on when all are under way. */
    private List<Optional<Throwable>> gathered(List<Runnable> calls) throws IOException {
        server.freeze();
        List<CompletableFuture<Optional<Throwable>>> ends = new ArrayList<>();
        for (Runnable call : calls) {
            ends.add(beside(call));
        }
        // A broker's listener may ask, too.
        Await.until("all are under way", () -> redis.stats().underWay() >= calls.size());
        server.thaw();
        return ends.stream().map(RedisTogetherTest::end).toList();
    }

    private long scripts() {
        String stats = link.call(0, commands -> commands.info("commandstats"));
        return stats.lines()
                .filter(line -> line.startsWith("cmdstat_eval"))
                .mapToLong(line -> Long.parseLong(line.replaceFirst("^.*:calls=(\\d+),.*$", "$1")))
                .sum();
    }

    @Test
    void manyWritesAreFewScriptsAndFullOnesDoNotWait() throws IOException {
        KvWriter kv = kv();
        kv.put("first", KvValue.of("1")); // the server knows the script from now on
        long before = scripts();
        List<Runnable> puts = new ArrayList<>();
        for (int i = 0; i < 450; i++) {
            String key = "k" + i;
            puts.add(() -> kv.put(key, KvValue.of(key)));
        }
        assertTrue(gathered(puts).stream().allMatch(Optional::isEmpty));
        for (int i = 0; i < 450; i++) {
            assertEquals(Optional.of("k" + i), kv.get("k" + i).map(KvValue::text));
        }
        long calls = scripts() - before;
        // 200 entries of five arguments fill a lot; who comes first may go alone.
        assertTrue(calls >= 3 && calls <= 20, () -> calls + " scripts for 450 writes");
    }

    @Test
    void manyReadsShareScriptsAndEachHearsOfItsOwnEntry() throws IOException {
        KvWriter kv = kv();
        byte[] bad = Server.utf8(settings.keyPrefix() + ":kv:{kv}:e:bad");
        assertEquals("OK", link.call(0, commands -> commands.set(bad, bad)));
        PutOptions described = PutOptions.none().withMetadata("{\"is\":1}");
        List<Runnable> reads = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String key = "k" + i;
            kv.put(key, KvValue.of(key), described);
            reads.add(() -> {
                KvEntry entry = kv.getWithMetadata(key).orElseThrow();
                assertEquals(key, entry.value().text());
                assertEquals(Optional.of("{\"is\":1}"), entry.metadata());
            });
            reads.add(() -> assertEquals(Optional.empty(), kv.get("no " + key)));
            reads.add(() -> {
                RedisException refusal = assertThrows(RedisException.class, () -> kv.get("bad"));
                assertEquals(RedisFault.REFUSED, refusal.fault());
            });
        }
        long before = scripts();
        assertEquals(List.of(), gathered(reads).stream().flatMap(Optional::stream).toList());
        long calls = scripts() - before;
        // Sixteen go alone; who comes first behind them may go alone too.
        assertTrue(calls >= 1 && calls <= 20, () -> calls + " scripts for 120 reads");
    }

    @Test
    void oneOfThemThatIsRefusedIsRefusedAlone() throws IOException {
        KvWriter kv = kv();
        byte[] entry = Server.utf8(settings.keyPrefix() + ":kv:{kv}:e:bad");
        assertEquals("OK", link.call(0, commands -> commands.set(entry, entry)));
        List<String> keys = List.of("a", "b", "bad", "c", "d");
        List<Optional<Throwable>> ends =
                gathered(
                        keys.stream()
                                .<Runnable>map(key -> () -> kv.put(key, KvValue.of(key)))
                                .toList());
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i);
            if (key.equals("bad")) {
                RedisException refusal = (RedisException) ends.get(i).orElseThrow();
                assertEquals(RedisFault.REFUSED, refusal.fault());
                assertTrue(
                        String.valueOf(refusal.getMessage())
                                .startsWith("[REDIS303] the server says: WRONGTYPE"));
            } else {
                assertEquals(Optional.empty(), ends.get(i));
                assertEquals(Optional.of(key), kv.get(key).map(KvValue::text));
            }
        }
    }

    @Test
    void sendsAreEachKeptAsAWholeOrNotAtAll() throws IOException {
        try (Broker broker = redis.broker("main", BrokerOptions.defaults())) {
            broker.declare("q", QueueSettings.defaults().bound(Bound.rejecting(3)));
            QueueSender sender = broker.sender("q", Scope.outside("test"));
            // In whatever order they come, one of the pairs finds no room.
            List<Optional<Throwable>> ends =
                    gathered(
                            Stream.of(2, 2, 1)
                                    .<Runnable>map(count -> () -> send(sender, count))
                                    .toList());
            List<Throwable> refusals = ends.stream().flatMap(Optional::stream).toList();
            assertEquals(1, refusals.size(), refusals::toString);
            assertEquals(QueueFault.STORAGE_LIMIT, ((QueueException) refusals.get(0)).fault());
            assertEquals(Optional.empty(), ends.get(2));
            assertEquals(3, broker.admin("q").status().counts().sent());
            assertEquals(3, broker.admin("q").metrics().backlogCount());
        }
    }

    private static void send(QueueSender sender, int count) {
        List<Outgoing> messages =
                Stream.generate(() -> Outgoing.of(Body.text("m"))).limit(count).toList();
        assertEquals(count, sender.sendBatch(messages, SendOptions.none()).ids().size());
    }

    @Test
    void whoIsInterruptedLeavesTheOthersAlone() throws Exception {
        KvWriter kv = kv();
        server.freeze();
        CompletableFuture<Optional<Throwable>> first = beside(() -> kv.put("a", KvValue.of("1")));
        Await.until("it is under way", () -> redis.stats().underWay() == 1);
        CompletableFuture<RedisFault> fault = new CompletableFuture<>();
        Thread interrupted =
                Thread.startVirtualThread(() ->
                        fault.complete(
                                assertThrows(
                                                RedisException.class,
                                                () -> kv.put("b", KvValue.of("1")))
                                        .fault()));
        CompletableFuture<Optional<Throwable>> third = beside(() -> kv.put("c", KvValue.of("1")));
        Await.until("all are under way", () -> redis.stats().underWay() == 3);
        interrupted.interrupt();
        assertEquals(RedisFault.INTERRUPTED, fault.get(60, TimeUnit.SECONDS));
        assertEquals(3, redis.stats().underWay(), "what may still be done takes its room");
        server.thaw();
        assertEquals(Optional.empty(), end(first));
        assertEquals(Optional.empty(), end(third));
        Await.until("nothing is under way", () -> redis.stats().underWay() == 0);
    }

    @Test
    void whatWasAskedForBeforeItIsClosedIsDoneAndAnswered() throws Exception {
        KvWriter kv = kv();
        server.freeze();
        List<CompletableFuture<Optional<Throwable>>> puts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String key = "k" + i;
            puts.add(beside(() -> kv.put(key, KvValue.of(key))));
        }
        Await.until("all are under way", () -> redis.stats().underWay() == 20);
        Thread closing = Thread.ofPlatform().start(redis::close);
        Await.until("it waits", () -> closing.getState() == Thread.State.TIMED_WAITING);
        server.thaw();
        for (CompletableFuture<Optional<Throwable>> put : puts) {
            assertEquals(Optional.empty(), end(put));
        }
        closing.join();
        RedisException refusal =
                assertThrows(RedisException.class, () -> kv.put("later", KvValue.of("1")));
        assertEquals(RedisFault.CLOSED, refusal.fault());
        try (Redis again = Redis.connect(settings)) {
            KvWriter later = again.kv("kv").writer(Scope.outside("test"));
            assertEquals(Optional.of("k19"), later.get("k19").map(KvValue::text));
        }
    }
}
