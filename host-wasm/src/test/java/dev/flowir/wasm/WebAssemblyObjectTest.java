package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/** Objects in an isolate, compiled to WebAssembly. */
class WebAssemblyObjectTest extends EdgeObjectSuite {

    WebAssemblyObjectTest() {
        super(Target.WEBASSEMBLY);
    }
}
