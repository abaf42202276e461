package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/** Rate limits of the platform as JavaScript reaches them. */
class JavaScriptRateTest extends EdgeRateSuite {

    JavaScriptRateTest() {
        super(Target.JAVASCRIPT);
    }
}
