/**
 * The edge host: flows compiled to JavaScript or WebAssembly, and what builds such workers. The
 * compiler, whose packages are split over its jars, is no module: who builds workers has it on the
 * class path.
 */
@org.jspecify.annotations.NullMarked
module dev.flowir.wasm {
    requires static org.jspecify;
    requires transitive dev.flowir.ir;
    requires dev.flowir.kernel;
    requires static dev.flowir.blob;
    requires static dev.flowir.http;
    requires static dev.flowir.kv;
    requires static dev.flowir.limit;
    requires static dev.flowir.object;
    requires static dev.flowir.queue;
    requires static dev.flowir.secret;
    requires static dev.flowir.sql;
    requires java.compiler;
    requires static jdk.management;
    requires static org.graalvm.polyglot;

    exports dev.flowir.wasm;
    exports dev.flowir.wasm.build;
    exports dev.flowir.wasm.guest;
    exports dev.flowir.wasm.json;

    uses dev.flowir.wasm.EdgeApplication;
}
