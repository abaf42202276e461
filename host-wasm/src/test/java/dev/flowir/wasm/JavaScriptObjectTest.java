package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/** Durable objects in JavaScript, the only target that they are packaged for. */
class JavaScriptObjectTest extends EdgeObjectSuite {

    JavaScriptObjectTest() {
        super(Target.JAVASCRIPT);
    }
}
