/** Builds a worker: compiles an application, and puts what it needs beside it. Runs on the JVM. */
package dev.flowir.wasm.build;
