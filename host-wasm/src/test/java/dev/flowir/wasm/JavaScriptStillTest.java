package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/** The suite for JavaScript. */
class JavaScriptStillTest extends EdgeStillSuite {
    JavaScriptStillTest() {
        super(Target.JAVASCRIPT);
    }
}
