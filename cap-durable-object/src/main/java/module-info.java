/** Durable objects: single-writer objects with storage and an alarm, and their tokens. */
@org.jspecify.annotations.NullMarked
module dev.flowir.object {
    requires static org.jspecify;
    requires transitive dev.flowir.ir;
    requires transitive dev.flowir.kernel;
    requires transitive dev.flowir.store;
    requires org.slf4j;

    exports dev.flowir.object;
    exports dev.flowir.object.agent;
    exports dev.flowir.object.log;

    uses dev.flowir.object.ObjectClasses;

    provides dev.flowir.kernel.cap.CapabilityModule with
            dev.flowir.object.ObjectModule;
    provides dev.flowir.kernel.cap.ProviderKinds with
            dev.flowir.object.ObjectKinds;
}
