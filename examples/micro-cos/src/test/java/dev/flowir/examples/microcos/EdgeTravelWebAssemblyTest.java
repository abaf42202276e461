package dev.flowir.examples.microcos;

import dev.flowir.wasm.build.Target;

/** Dates, cards, reminders and mornings of a worker, as WebAssembly. */
class EdgeTravelWebAssemblyTest extends EdgeTravelSuite {

    EdgeTravelWebAssemblyTest() {
        super(Target.WEBASSEMBLY);
    }
}
