package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/** Durable runs in an isolate, compiled to JavaScript. */
class JavaScriptDurableTest extends EdgeListSuite {

    JavaScriptDurableTest() {
        super(Target.JAVASCRIPT);
    }
}
