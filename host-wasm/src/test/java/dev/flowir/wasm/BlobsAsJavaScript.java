package dev.flowir.wasm;

import dev.flowir.wasm.build.Target;

/**
 * Blobs in an isolate, compiled to JavaScript. No test run finds it by its name, because each build
 * shows WebAssembly, which differs most; it is meant to be called: {@code mvn -pl host-wasm -am
 * test -Dtest=BlobsAsJavaScript -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class BlobsAsJavaScript extends EdgeBlobSuite {

    BlobsAsJavaScript() {
        super(Target.JAVASCRIPT);
    }
}
