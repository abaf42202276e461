/** The rate limit capability: tokens, and buckets in memory and in the store. */
@org.jspecify.annotations.NullMarked
module dev.flowir.limit {
    requires static org.jspecify;
    requires transitive dev.flowir.ir;
    requires transitive dev.flowir.kernel;
    requires transitive dev.flowir.store;

    exports dev.flowir.limit;

    provides dev.flowir.kernel.cap.CapabilityModule with
            dev.flowir.limit.LimitModule;
    provides dev.flowir.kernel.cap.ProviderKinds with
            dev.flowir.limit.LimitKinds;
}
