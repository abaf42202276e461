package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/** Faults of bodies in a worker as WebAssembly. */
class WebAssemblyFaultTest extends EdgeFaultSuite {

    WebAssemblyFaultTest() {
        super(Target.WEBASSEMBLY);
    }
}
