package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/** Requests of an isolate, compiled to WebAssembly. */
class WebAssemblyHttpTest extends EdgeHttpSuite {

    WebAssemblyHttpTest() {
        super(Target.WEBASSEMBLY);
    }
}
