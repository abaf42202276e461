/** The kernel: the machine, its drivers for the JVM, the capability and host SPI. */
@org.jspecify.annotations.NullMarked
module dev.flowir.kernel {
    requires static org.jspecify;
    requires transitive dev.flowir.ir;
    requires java.management;
    requires org.slf4j;

    exports dev.flowir.kernel;
    exports dev.flowir.kernel.cap;
    exports dev.flowir.kernel.form;
    exports dev.flowir.kernel.host;
    exports dev.flowir.kernel.journal;
    exports dev.flowir.kernel.machine;
    exports dev.flowir.kernel.machine.conformance;

    uses dev.flowir.kernel.cap.CapabilityModule;
    uses dev.flowir.kernel.host.HandlerProvider;
}
