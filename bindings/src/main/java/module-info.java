/**
 * What a deployment binds: catalogs, locks that are made and not edited, and capabilities of them.
 */
@org.jspecify.annotations.NullMarked
module dev.flowir.bindings {
    requires static org.jspecify;
    requires transitive dev.flowir.ir;
    requires transitive dev.flowir.kernel;

    exports dev.flowir.bindings;

    uses dev.flowir.kernel.cap.CapabilityModule;
    uses dev.flowir.kernel.cap.ProviderKinds;
}
