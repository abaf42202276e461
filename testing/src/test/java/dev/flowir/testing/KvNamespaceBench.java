package dev.flowir.testing;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.kv.KvLimits;
import dev.flowir.kv.KvNamespace;
import dev.flowir.kv.KvSites;
import java.util.EnumMap;
import java.util.Map;

/** A namespace of ours, at several sites and with rates as well. */
class KvNamespaceBench implements KvBench {

    private final Map<OwnWrites, KvSites> sites = new EnumMap<>(OwnWrites.class);
    private KvNamespace namespace;

    KvNamespaceBench(TestClock clock, KvNamespace namespace) {
        this.namespace = namespace;
        KvSites usual = KvSites.of(namespace, clock);
        sites.put(OwnWrites.AT_ONCE, usual);
        sites.put(OwnWrites.LATE, usual.seeingOwnWritesLate());
    }

    final void reopened(KvNamespace next) {
        namespace = next;
    }

    @Override
    public CapabilityProvider provider() {
        return namespace;
    }

    @Override
    public boolean supportsRates() {
        return true;
    }

    @Override
    public CapabilityProvider rated() {
        return namespace.with(KvLimits.of(LimitProfile.CLOUDFLARE_PROD));
    }

    @Override
    public boolean supportsSites() {
        return true;
    }

    @Override
    public CapabilityProvider site(String name, OwnWrites writes) {
        return sites.get(writes).at(name);
    }
}
