/** Goals of Maven; what they do is {@code dev.flowir.wasm.build}'s. */
@org.jspecify.annotations.NullMarked
package dev.flowir.maven;
