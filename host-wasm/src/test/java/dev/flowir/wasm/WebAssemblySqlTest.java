package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/** D1 as WebAssembly reaches it. */
class WebAssemblySqlTest extends EdgeSqlSuite {

    WebAssemblySqlTest() {
        super(Target.WEBASSEMBLY);
    }
}
