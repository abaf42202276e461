/** Keyed items spread over workers and merged, in order within each key. */
package dev.flowir.benchmarks.keyed;
