package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/** Blobs in an isolate, compiled to WebAssembly. */
class WebAssemblyBlobTest extends EdgeBlobSuite {

    WebAssemblyBlobTest() {
        super(Target.WEBASSEMBLY);
    }
}
