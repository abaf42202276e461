package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/** Blobs in an isolate, compiled to JavaScript. */
class JavaScriptBlobTest extends EdgeBlobSuite {

    JavaScriptBlobTest() {
        super(Target.JAVASCRIPT);
    }
}
