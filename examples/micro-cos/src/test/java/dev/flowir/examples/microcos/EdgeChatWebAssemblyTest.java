package dev.flowir.examples.microcos;

import dev.flowir.wasm.build.Target;

/** The chats as a worker, as WebAssembly. */
class EdgeChatWebAssemblyTest extends EdgeChatSuite {

    EdgeChatWebAssemblyTest() {
        super(Target.WEBASSEMBLY, 540_000);
    }
}
