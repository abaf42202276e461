/** The queue capability: tokens, brokers in memory and in the embedded store, consumers. */
@org.jspecify.annotations.NullMarked
module dev.flowir.queue {
    requires static org.jspecify;
    requires transitive dev.flowir.ir;
    requires transitive dev.flowir.kernel;
    requires transitive dev.flowir.store;
    requires org.slf4j;

    exports dev.flowir.queue;

    provides dev.flowir.kernel.cap.CapabilityModule with
            dev.flowir.queue.QueueModule;
    provides dev.flowir.kernel.cap.ProviderKinds with
            dev.flowir.queue.QueueKinds;
}
