package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/** Faults of bodies in a worker as JavaScript. */
class JavaScriptFaultTest extends EdgeFaultSuite {

    JavaScriptFaultTest() {
        super(Target.JAVASCRIPT);
    }
}
