/** Example: a first flow. */
@org.jspecify.annotations.NullMarked
module dev.flowir.examples.checkout {
    requires dev.flowir.ir;
    requires dev.flowir.kernel;
    requires dev.flowir.kv;
    requires static org.jspecify;

    exports dev.flowir.examples.checkout;
}
