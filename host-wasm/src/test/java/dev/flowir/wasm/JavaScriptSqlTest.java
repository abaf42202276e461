package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/** D1 as JavaScript reaches it. */
class JavaScriptSqlTest extends EdgeSqlSuite {

    JavaScriptSqlTest() {
        super(Target.JAVASCRIPT);
    }
}
