package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/** The suite for a worker of JavaScript. */
class JavaScriptWorkerTest extends WorkerdSuite {

    JavaScriptWorkerTest() {
        super(Target.JAVASCRIPT);
    }
}
