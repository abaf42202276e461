/** Nodes written in JavaScript or WebAssembly that run inside the JVM, fenced in. */
package dev.flowir.wasm.guest;
