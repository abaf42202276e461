package dev.flowir.wasm.build;

/** What a worker is compiled to. */
public enum Target {
    /** A module of JavaScript: the smallest, runs in every isolate. */
    JAVASCRIPT,
    /** WebAssembly with garbage collection, and the JavaScript that it needs beside it. */
    WEBASSEMBLY
}
