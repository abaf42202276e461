package dev.flowir.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kv.Kv;
import dev.flowir.kv.KvEntry;
import dev.flowir.kv.KvKey;
import dev.flowir.kv.KvQuery;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.KvWriter;
import dev.flowir.kv.PutOptions;
import dev.flowir.testing.KvBench;
import dev.flowir.testing.KvContract;
import dev.flowir.testing.TestClock;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The contract of key-value, kept by Workers KV in miniflare; every call is made in the isolate.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EdgeKvSuite {

    /** Rules that do not hold as they stand, and the first thing that is seen then. */
    private static final Map<String, String> DEVIATIONS =
            Map.of(
                    // The platform does not tell an expiry to who reads an entry.
                    "KV-101",
                    "an entry with metadata and expiry is",
                    // The isolate's clock is the real one; a rule cannot move it.
                    "KV-05",
                    "an entry of 60 s after 60 s is",
                    "KV-04",
                    "dev.flowir.kv.KvException: [KV109] an expiry at",
                    "KV-109",
                    "the keys is",
                    // To the platform, metadata null is no metadata.
                    "KV-10",
                    "metadata is Optional.empty, expected Optional[null]");

    /** Rules of what it lacks: several places, rates, compare-and-set, restarts by the test. */
    private static final Set<String> LACKING =
            Set.of(
                    "KV-01", "KV-02", "KV-03", "KV-06", "KV-07", "KV-14", "KV-15", "KV-104",
                    "KV-107", "KV-108");

    private final Target target;
    private LocalWorker workerd;

    @SuppressWarnings("NullAway.Init") // started before the first test
    EdgeKvSuite(Target target) {
        this.target = target;
    }

    @BeforeAll
    void start() throws Exception {
        workerd = Workers.run(Workers.build(KvWorker.class, target));
    }

    @AfterAll
    void stop() throws IOException {
        workerd.close();
    }

    private WorkerKv provider(Instant now) {
        return new WorkerKv(workerd.address(), Duration.between(now, Instant.now()));
    }

    private KvWriter writer() {
        KvWriter kv =
                provider(Instant.now()).handle(Kv.writer(KvWorker.BINDING), Scope.outside("test"));
        kv.list(KvQuery.all()).keys().forEach(key -> kv.delete(key.name()));
        return kv;
    }

    @Test
    void rulesOfTheContractHoldButForThoseThatAreNamed() {
        AtTheEdge.holds(KvContract.rules().verify(this::bench), DEVIATIONS, LACKING);
    }

    private KvBench bench(TestClock clock) {
        CapabilityProvider provider = provider(clock.instant());
        KvWriter kv = provider.handle(Kv.writer(KvWorker.BINDING), Scope.outside("test"));
        for (String name : names(kv)) {
            kv.delete(name);
        }
        return new KvBench() {
            @Override
            public CapabilityProvider provider() {
                return provider;
            }

            // Miniflare's are seen at once; the platform does not promise it.
            @Override
            public boolean supportsReadYourWrites() {
                return true;
            }
        };
    }

    private static List<String> names(KvWriter kv) {
        List<KvKey> keys = new java.util.ArrayList<>();
        var page = kv.list(KvQuery.all());
        keys.addAll(page.keys());
        while (page.cursor().isPresent()) {
            page = kv.list(KvQuery.all().after(page.cursor().get()));
            keys.addAll(page.keys());
        }
        return keys.stream().map(KvKey::name).toList();
    }

    @Test
    void kv04_kv109_anExpiryIsKeptInWholeSecondsAndToldInLists() {
        KvWriter kv = writer();
        Instant before = Instant.now();
        kv.put("a", KvValue.of("1"), PutOptions.expiringAfter(Duration.ofMillis(90_500)));
        Instant end = before.plusSeconds(600);
        kv.put("b", KvValue.of("2"), PutOptions.expiringAt(end).withMetadata("[1]"));
        List<KvKey> keys = kv.list(KvQuery.all()).keys();
        Instant first = keys.get(0).expiresAt().orElseThrow();
        assertTrue(first.isAfter(before.plusSeconds(90)), first::toString);
        Instant second = keys.get(1).expiresAt().orElseThrow();
        assertTrue(!second.isBefore(end.minusSeconds(1)), second::toString);
        assertTrue(second.isBefore(end.plusSeconds(2)), second::toString);
        assertEquals(Optional.of("[1]"), keys.get(1).metadata());
        assertEquals(
                Optional.of(new KvEntry(KvValue.of("2"), Optional.of("[1]"), Optional.empty())),
                kv.getWithMetadata("b"));
    }
}
