/** The cache capability: what nodes gave, kept for a while. */
@org.jspecify.annotations.NullMarked
module dev.flowir.cache {
    requires static org.jspecify;
    requires transitive dev.flowir.ir;
    requires transitive dev.flowir.kernel;
    requires com.github.benmanes.caffeine;

    exports dev.flowir.cache;

    provides dev.flowir.kernel.cap.CapabilityModule with
            dev.flowir.cache.CacheModule;
    provides dev.flowir.kernel.cap.ProviderKinds with
            dev.flowir.cache.CacheKinds;
}
