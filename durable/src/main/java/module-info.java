/** Durable runs: the journal in the embedded store, and the driver that keeps to it. */
@org.jspecify.annotations.NullMarked
module dev.flowir.durable {
    requires static org.jspecify;
    requires transitive dev.flowir.ir;
    requires transitive dev.flowir.kernel;
    requires transitive dev.flowir.store;
    requires org.slf4j;

    exports dev.flowir.durable;
}
