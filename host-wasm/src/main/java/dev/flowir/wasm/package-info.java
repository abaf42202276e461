/** Hosting flows in an edge isolate: the same flows, compiled to JavaScript or WebAssembly. */
package dev.flowir.wasm;
