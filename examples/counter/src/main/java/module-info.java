/** Example: a capability of one's own, named counters. */
@org.jspecify.annotations.NullMarked
module dev.flowir.examples.counter {
    requires static org.jspecify;
    requires transitive dev.flowir.kernel;

    exports dev.flowir.examples.counter;

    provides dev.flowir.kernel.cap.CapabilityModule with
            dev.flowir.examples.counter.CountersModule;
}
