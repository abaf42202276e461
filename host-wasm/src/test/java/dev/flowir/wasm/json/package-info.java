@org.jspecify.annotations.NullMarked
package dev.flowir.wasm.json;
