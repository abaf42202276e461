package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/** HTTP in an isolate, compiled to JavaScript. */
class JavaScriptHttpTest extends EdgeHttpSuite {

    JavaScriptHttpTest() {
        super(Target.JAVASCRIPT);
    }
}
