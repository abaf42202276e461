package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/** Sockets of objects in an isolate, compiled to WebAssembly. */
class WebAssemblySocketTest extends EdgeSocketSuite {

    WebAssemblySocketTest() {
        super(Target.WEBASSEMBLY);
    }
}
