/** Requests that wait for two slow answers each, many at a time. */
package dev.flowir.benchmarks.waits;
