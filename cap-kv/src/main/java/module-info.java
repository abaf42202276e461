/** The key-value capability: tokens, memory and SQLite providers. */
@org.jspecify.annotations.NullMarked
module dev.flowir.kv {
    requires static org.jspecify;
    requires transitive dev.flowir.ir;
    requires transitive dev.flowir.kernel;
    requires transitive dev.flowir.store;

    exports dev.flowir.kv;

    provides dev.flowir.kernel.cap.CapabilityModule with
            dev.flowir.kv.KvModule;
    provides dev.flowir.kernel.cap.ProviderKinds with
            dev.flowir.kv.KvKinds;
}
