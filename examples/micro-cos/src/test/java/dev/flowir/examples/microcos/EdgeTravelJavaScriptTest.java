package dev.flowir.examples.microcos;

import dev.flowir.wasm.build.Target;

/** Dates, cards, reminders and mornings of a worker, as JavaScript. */
class EdgeTravelJavaScriptTest extends EdgeTravelSuite {

    EdgeTravelJavaScriptTest() {
        super(Target.JAVASCRIPT);
    }
}
