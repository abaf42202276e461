package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/** Durable runs in an isolate, compiled to WebAssembly. */
class WebAssemblyDurableTest extends EdgeRestartSuite {

    WebAssemblyDurableTest() {
        super(Target.WEBASSEMBLY);
    }
}
