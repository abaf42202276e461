/** The portability gate: what must run in an edge isolate, run there in every build. */
@org.jspecify.annotations.NullMarked
package dev.flowir.wasm;
