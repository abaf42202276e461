package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.cache.CacheBounds;
import dev.flowir.cache.CacheException;
import dev.flowir.cache.CacheFault;
import dev.flowir.cache.Caches;
import dev.flowir.cache.NodeCache;
import dev.flowir.cache.Pin;
import dev.flowir.ir.Effects;
import dev.flowir.ir.Flow;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.Node;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kv.Kv;
import dev.flowir.kv.KvNamespace;
import dev.flowir.kv.KvValue;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The cache in memory keeps the contract, and nodes answer from it. */
class NodeCacheTest extends CacheContractTest {

    private static final CacheBounds BOUNDS = CacheBounds.of(10, Duration.ofMinutes(1));
    private static final Node<String, Integer> PRICE =
            Node.reads(
                    "price",
                    String.class,
                    Integer.class,
                    Kv.reader("prices"),
                    (prices, sku, context) ->
                            prices.get(sku).map(it -> Integer.parseInt(it.text())).orElse(0));

    @Override
    protected CacheBench open(TestClock clock) {
        CapabilityProvider provider = NodeCache.memory("cache", CacheBench.BOUNDS, clock);
        return () -> provider;
    }

    private static <O> Flow<String, O> flow(Node<String, O> node) {
        return Flow.define("cached", "1.0.0", String.class, (g, in) -> g.then(in, node));
    }

    @Test
    void aNodeThatComputesIsWorkedOutOnceForAKey() {
        AtomicInteger work = new AtomicInteger();
        Node<String, Integer> length =
                Node.pure(
                        "length",
                        String.class,
                        Integer.class,
                        text -> {
                            work.incrementAndGet();
                            return text.length();
                        });
        var flow = flow(Caches.cached(length, "answers", text -> text));
        NodeCache cache = NodeCache.memory("answers", BOUNDS);
        try (Runtime runtime = Runtime.builder().capabilities(Capabilities.of(cache)).build()) {
            assertEquals(3, runtime.run(flow, "tea").orThrow());
            assertEquals(3, runtime.run(flow, "tea").orThrow());
            assertEquals(6, runtime.run(flow, "coffee").orThrow());
            assertEquals(2, work.get());
            cache.clear();
            assertEquals(3, runtime.run(flow, "tea").orThrow());
            assertEquals(3, work.get());
        }
        assertEquals(1, cache.counts().found());
        assertEquals(3, cache.counts().worked());
        assertEquals(1, cache.counts().entries());
    }

    @Test
    void aPinnedReadAnswersForItsPinAndAnotherPinAsksAgain() {
        KvNamespace prices = KvNamespace.memory("prices");
        var monday = flow(Caches.cached(PRICE, "answers", it -> it, Pin.of("list", "monday")));
        var tuesday = flow(Caches.cached(PRICE, "answers", it -> it, Pin.of("list", "tuesday")));
        try (Runtime runtime =
                Runtime.builder()
                        .capabilities(Capabilities.of(prices, NodeCache.memory("answers", BOUNDS)))
                        .build()) {
            prices.writer(dev.flowir.kernel.cap.Scope.outside("test")).put("tea", KvValue.of("3"));
            assertEquals(3, runtime.run(monday, "tea").orThrow());
            prices.writer(dev.flowir.kernel.cap.Scope.outside("test")).put("tea", KvValue.of("4"));
            assertEquals(3, runtime.run(monday, "tea").orThrow());
            assertEquals(4, runtime.run(tuesday, "tea").orThrow());
        }
    }

    @Test
    void cachedNodesKeepTheirPlaceOptionsAndHints() {
        Node<String, Integer> cached =
                Caches.cached(PRICE, "answers", it -> it, Pin.of("list", "monday"));
        assertEquals(PRICE.site(), cached.site());
        var definition = flow(cached).definition().nodes().get(1);
        assertEquals(Effects.READ_ONLY, definition.effects());
        assertTrue(definition.effectHints().contains(Caches.READ_HINT), definition::toString);
        assertTrue(definition.effectHints().contains(Kv.READ_HINT), definition::toString);
    }

    @Test
    void cache101_whatWritesStreamsOrReadsThroughSeveralIsRefused() {
        Node<String, Integer> writes =
                Node.effect(
                        "put",
                        String.class,
                        Integer.class,
                        Kv.writer("prices"),
                        (kv, in, ctx) -> 1);
        Node<String, ItemStream<String>> streams =
                Node.streams("letters", String.class, String.class, (in, out, ctx) -> {});
        Node<String, Integer> two =
                Node.reads(
                        "two",
                        String.class,
                        Integer.class,
                        Kv.reader("a"),
                        Kv.reader("b"),
                        (a, b, in, ctx) -> 1);
        for (Node<String, ?> node : java.util.List.of(writes, streams, two)) {
            CacheException refused =
                    assertThrows(
                            CacheException.class,
                            () -> Caches.cached(node, "answers", it -> it, Pin.of("x", "1")));
            assertEquals(CacheFault.NOT_CACHEABLE, refused.fault());
            assertTrue(
                    String.valueOf(refused.getMessage()).contains("NodeCacheTest.java"),
                    refused::getMessage);
        }
    }

    @Test
    void cache102_aReadWithoutAPinIsRefused() {
        CacheException refused =
                assertThrows(CacheException.class, () -> Caches.cached(PRICE, "answers", it -> it));
        assertEquals(CacheFault.NO_PINS, refused.fault());
    }
}
