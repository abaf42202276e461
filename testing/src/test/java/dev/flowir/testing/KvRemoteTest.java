package dev.flowir.testing;

import dev.flowir.ir.Guarantee;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kv.KvEntry;
import dev.flowir.kv.KvNamespace;
import dev.flowir.kv.KvPage;
import dev.flowir.kv.KvQuery;
import dev.flowir.kv.KvRemote;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.KvWriter;
import dev.flowir.kv.PutOptions;
import dev.flowir.kv.RemoteKv;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The contract for entries that something else keeps, here a namespace in memory. */
class KvRemoteTest extends KvContractTest {

    @Override
    protected KvBench open(TestClock clock) {
        Descriptor descriptor =
                new Descriptor(
                        Descriptor.Consistency.STRONG,
                        Descriptor.Durability.NONE,
                        Descriptor.Ttl.NATIVE,
                        Descriptor.Order.NONE,
                        Set.<Guarantee>of());
        return KvBench.of(RemoteKv.of("kv.far", "kv", new Far(clock), descriptor));
    }

    private static final class Far implements KvRemote {
        private final TestClock clock;
        private final KvWriter kv;

        Far(TestClock clock) {
            this.clock = clock;
            this.kv = KvNamespace.memory("kv", clock).writer(Scope.outside("far"));
        }

        @Override
        public long nowMillis() {
            return clock.millis();
        }

        @Override
        public Optional<KvEntry> get(String key, OptionalLong cacheMillis) {
            return kv.getWithMetadata(key);
        }

        @Override
        public Map<String, Optional<KvValue>> getMany(List<String> keys) {
            return kv.getMany(keys);
        }

        @Override
        public KvPage list(String prefix, int limit, Optional<String> cursor) {
            KvQuery query = KvQuery.prefix(prefix).limit(limit);
            return kv.list(cursor.isPresent() ? query.after(cursor.get()) : query);
        }

        @Override
        public void put(String key, KvValue value, PutOptions options) {
            kv.put(key, value, options);
        }

        @Override
        public void delete(String key) {
            kv.delete(key);
        }
    }
}
