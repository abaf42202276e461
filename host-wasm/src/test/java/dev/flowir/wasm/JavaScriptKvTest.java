package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/** Workers KV as JavaScript reaches it. */
class JavaScriptKvTest extends EdgeKvSuite {

    JavaScriptKvTest() {
        super(Target.JAVASCRIPT);
    }
}
