package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/** Code that has no stack left, in a worker as WebAssembly. */
class WebAssemblySinkingTest extends EdgeSinkingSuite {

    WebAssemblySinkingTest() {
        super(Target.WEBASSEMBLY);
    }
}
