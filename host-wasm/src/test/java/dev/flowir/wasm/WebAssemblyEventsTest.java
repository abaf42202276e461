package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/** Queues and schedules of a worker of WebAssembly. */
class WebAssemblyEventsTest extends EdgeEventsSuite {

    WebAssemblyEventsTest() {
        super(Target.WEBASSEMBLY);
    }
}
