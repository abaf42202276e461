package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/** The suite for a worker of WebAssembly. */
class WebAssemblyWorkerTest extends WorkerdSuite {

    WebAssemblyWorkerTest() {
        super(Target.WEBASSEMBLY);
    }
}
