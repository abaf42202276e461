package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/** The rules of forms in a worker as WebAssembly. */
class WebAssemblyFormTest extends EdgeFormSuite {

    WebAssemblyFormTest() {
        super(Target.WEBASSEMBLY);
    }
}
