package dev.flowir.testing;

import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kv.KvEntry;
import dev.flowir.kv.KvNamespace;
import dev.flowir.kv.KvPage;
import dev.flowir.kv.KvQuery;
import dev.flowir.kv.KvReader;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.KvWriter;
import dev.flowir.kv.PutOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A place whose reads are wrong in one way. */
final class BrokenKvSite implements CapabilityProvider {

    private final BrokenKv.Defect defect;
    private final KvNamespace right;
    private final KvNamespace origin;
    private final Map<String, KvValue> cached = new HashMap<>();

    BrokenKvSite(BrokenKv.Defect defect, KvNamespace right, KvNamespace origin) {
        this.defect = defect;
        this.right = right;
        this.origin = origin;
    }

    @Override
    public String kind() {
        return "kv.broken.site";
    }

    @Override
    public String binding() {
        return right.binding();
    }

    @Override
    public Set<String> hints() {
        return right.hints();
    }

    @Override
    public Descriptor descriptor() {
        return right.descriptor();
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        return token.handle().cast(new Handle(right.writer(scope)));
    }

    private final class Handle implements KvWriter {

        private final KvWriter handle;

        Handle(KvWriter handle) {
            this.handle = handle;
        }

        @Override
        public Optional<KvEntry> getWithMetadata(String key) {
            Optional<KvEntry> found = handle.getWithMetadata(key);
            KvReader fresh = origin.reader();
            return defect == BrokenKv.Defect.LOOKS_AGAIN_FOR_THE_MISSING
                    ? found.or(() -> fresh.getWithMetadata(key))
                    : found;
        }

        @Override
        public Optional<KvValue> get(String key, Duration cacheTtl) {
            Optional<KvValue> found = handle.get(key, cacheTtl);
            if (defect == BrokenKv.Defect.CACHES_THE_EXPIRED) {
                found.ifPresent(value -> cached.put(key, value));
            }
            return found.or(() -> Optional.ofNullable(cached.get(key)));
        }

        @Override
        public Map<String, Optional<KvValue>> getMany(List<String> keys) {
            return handle.getMany(keys);
        }

        @Override
        public KvPage list(KvQuery query) {
            return handle.list(query);
        }

        @Override
        public void put(String key, KvValue value, PutOptions options) {
            handle.put(key, value, options);
        }

        @Override
        public void delete(String key) {
            handle.delete(key);
        }
    }
}
