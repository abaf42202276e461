package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/** Objects in an isolate, compiled to JavaScript. */
class JavaScriptObjectTest extends EdgeObjectSuite {

    JavaScriptObjectTest() {
        super(Target.JAVASCRIPT);
    }
}
