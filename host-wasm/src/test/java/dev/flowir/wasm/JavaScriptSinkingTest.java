package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/** Code that has no stack left, in a worker as JavaScript. */
class JavaScriptSinkingTest extends EdgeSinkingSuite {

    JavaScriptSinkingTest() {
        super(Target.JAVASCRIPT);
    }
}
