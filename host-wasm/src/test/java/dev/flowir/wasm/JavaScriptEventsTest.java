package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/** Queues and schedules of a worker of JavaScript. */
class JavaScriptEventsTest extends EdgeEventsSuite {

    JavaScriptEventsTest() {
        super(Target.JAVASCRIPT);
    }
}
