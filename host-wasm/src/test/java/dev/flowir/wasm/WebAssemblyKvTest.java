package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/** Workers KV as WebAssembly reaches it. */
class WebAssemblyKvTest extends EdgeKvSuite {

    WebAssemblyKvTest() {
        super(Target.WEBASSEMBLY);
    }
}
