/** JSON without reflection: forms of types, put together when a worker is built. */
package dev.flowir.wasm.json;
