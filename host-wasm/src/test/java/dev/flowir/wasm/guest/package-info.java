/** Tests of guests. */
package dev.flowir.wasm.guest;
