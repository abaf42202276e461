package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/** The suite for WebAssembly. */
class WebAssemblyStillTest extends EdgeStillSuite {
    WebAssemblyStillTest() {
        super(Target.WEBASSEMBLY);
    }
}
