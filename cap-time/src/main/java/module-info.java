/** Time and chance as declared reads: tokens, and where the values come from. */
@org.jspecify.annotations.NullMarked
module dev.flowir.time {
    requires static org.jspecify;
    requires transitive dev.flowir.ir;
    requires transitive dev.flowir.kernel;

    exports dev.flowir.time;

    provides dev.flowir.kernel.cap.CapabilityModule with
            dev.flowir.time.TimeModule;
    provides dev.flowir.kernel.cap.ProviderKinds with
            dev.flowir.time.TimeKinds;
}
