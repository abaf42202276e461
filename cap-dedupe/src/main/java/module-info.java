/** The dedupe capability: tokens, and marks in memory and in the store. */
@org.jspecify.annotations.NullMarked
module dev.flowir.dedupe {
    requires static org.jspecify;
    requires transitive dev.flowir.ir;
    requires transitive dev.flowir.kernel;
    requires transitive dev.flowir.store;

    exports dev.flowir.dedupe;

    provides dev.flowir.kernel.cap.CapabilityModule with
            dev.flowir.dedupe.DedupeModule;
    provides dev.flowir.kernel.cap.ProviderKinds with
            dev.flowir.dedupe.DedupeKinds;
}
