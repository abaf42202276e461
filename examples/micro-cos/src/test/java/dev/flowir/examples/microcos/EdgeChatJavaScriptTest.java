package dev.flowir.examples.microcos;

import dev.flowir.wasm.build.Target;

/** The chats as a worker, as JavaScript. */
class EdgeChatJavaScriptTest extends EdgeChatSuite {

    EdgeChatJavaScriptTest() {
        super(Target.JAVASCRIPT, 400_000);
    }
}
