package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/** Rate limits of the platform as WebAssembly reaches them. */
class WebAssemblyRateTest extends EdgeRateSuite {

    WebAssemblyRateTest() {
        super(Target.WEBASSEMBLY);
    }
}
