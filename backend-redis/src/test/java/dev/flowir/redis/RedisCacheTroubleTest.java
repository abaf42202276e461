package dev.flowir.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.cache.NodeCache;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kv.KvReader;
import dev.flowir.testing.BadNetwork;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A cache whose server, network or fellow process fails costs work, and no answer. */
class RedisCacheTroubleTest extends OwnServer {

    private static String ask(NodeCache cache, String key, String answer) throws Exception {
        return CacheAsker.cache(cache).get(CacheAsker.key(key), () -> answer);
    }

    @Test
    void answersAreWorkedOutWhileTheServerIsKilledAndThoseThatWereKeptAreThereAgain()
            throws Exception {
        try (Redis redis = Redis.connect(Patient.at(server))) {
            NodeCache cache = CacheAsker.provider(redis);
            assertEquals("1", ask(cache, "before", "1"));
            server.kill();
            Await.until("the loss is noticed", () -> redis.health() instanceof RedisHealth.Silent);
            assertEquals("2", ask(cache, "before", "2"));
            assertEquals("1", ask(cache, "meanwhile", "1"));
            server.startAgain();
            awaitAnswers(redis);
            assertEquals("1", ask(cache, "before", "3"));
            assertEquals("3", ask(cache, "meanwhile", "3"));
            assertEquals(2, cache.counts().unkept());
        }
    }

    @Test
    void answersAreWorkedOutWhileTheServerStandsStill() throws Exception {
        try (Redis redis = Redis.connect(Patient.hastyAt(server))) {
            NodeCache cache = CacheAsker.provider(redis);
            assertEquals("1", ask(cache, "k", "1"));
            server.freeze();
            assertEquals("2", ask(cache, "k", "2"));
            assertEquals("2", ask(cache, "other", "2"));
            server.thaw();
            awaitAnswers(redis);
            assertEquals("1", ask(cache, "k", "3"));
        } finally {
            server.thaw();
        }
    }

    @Test
    void answersComeOverANetworkThatIsSlowAndCut() throws Exception {
        try (BadNetwork network = BadNetwork.before(server.port(), Duration.ofMillis(1));
                Redis redis = Redis.connect(Patient.at("127.0.0.1", network.port()))) {
            NodeCache cache = CacheAsker.provider(redis);
            for (int i = 0; i < 60; i++) {
                if (i % 20 == 10) {
                    network.cut();
                }
                String key = "k" + i % 30;
                assertEquals(key, ask(cache, key, key));
            }
            awaitAnswers(redis);
            assertEquals("k29", ask(cache, "k29", "k29"));
        }
    }

    @Test
    void answersThatDoNotFitIntoTheServerAreGivenAndNotKept() throws Exception {
        try (Redis redis = Redis.connect(Patient.at(server));
                Link link = Link.open(Patient.at(server))) {
            NodeCache cache = CacheAsker.provider(redis);
            assertEquals("1", ask(cache, "before", "1"));
            assertEquals("OK", link.call(0, commands -> commands.configSet("maxmemory", "1")));
            assertEquals("1", ask(cache, "k", "1"));
            assertEquals("1", ask(cache, "before", "2"));
            assertEquals(1, cache.counts().unkept());
            assertEquals("OK", link.call(0, commands -> commands.configSet("maxmemory", "0")));
            assertEquals("2", ask(cache, "k", "2"));
        }
    }

    @Test
    void whatIsNoMatterOfTimeIsTold() throws Exception {
        Redis redis = Redis.connect(Patient.at(server));
        NodeCache cache = CacheAsker.provider(redis);
        redis.close();
        RedisException fault =
                assertThrows(RedisException.class, () -> ask(cache, "k", "not worked out"));
        assertEquals(RedisFault.CLOSED, fault.fault());
    }

    @Test
    void whoIsInterruptedWhileTheServerStandsStillWorksOutNothing() throws Exception {
        try (Redis redis = Redis.connect(Patient.at(server))) {
            NodeCache cache = CacheAsker.provider(redis);
            assertEquals("1", ask(cache, "clock", "1"));
            server.freeze();
            CountDownLatch over = new CountDownLatch(1);
            RedisFault[] seen = new RedisFault[1];
            Thread caller =
                    Thread.startVirtualThread(() -> {
                        RedisException fault =
                                assertThrows(
                                        RedisException.class,
                                        () -> ask(cache, "k", "not worked out"));
                        seen[0] = fault.fault();
                        over.countDown();
                    });
            Await.until("it is under way", () -> redis.stats().underWay() == 1);
            caller.interrupt();
            over.await();
            assertEquals(RedisFault.INTERRUPTED, seen[0]);
            server.thaw(); // closing waits for what was sent
        }
    }

    @Test
    void whatAKilledProcessKeptIsFoundAndWhatItHadBegunIsWorkedOutHere() throws Exception {
        try (Redis redis = Redis.connect(Patient.at(server))) {
            KvReader said = redis.kv("said").writer(Scope.outside("test"));
            Process other = CacheAsker.start(server.port());
            try {
                Await.until("the other works", () -> said.get("begun").isPresent());
            } finally {
                other.destroyForcibly().waitFor();
            }
            NodeCache cache = CacheAsker.provider(redis);
            assertEquals("of the other process", ask(cache, "kept", "of this one"));
            assertEquals("of this one", ask(cache, "begun", "of this one"));
            assertTrue(cache.counts().entries() >= 2);
        }
    }
}
