package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/** Sockets of objects in an isolate, compiled to JavaScript. */
class JavaScriptSocketTest extends EdgeSocketSuite {

    JavaScriptSocketTest() {
        super(Target.JAVASCRIPT);
    }
}
