package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/** Durable runs in an isolate, compiled to WebAssembly. */
class WebAssemblyDurableTest extends EdgeListSuite {

    WebAssemblyDurableTest() {
        super(Target.WEBASSEMBLY);
    }
}
