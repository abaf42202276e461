/** One thing grows, and the cost per item should not: nodes, bounds, payloads, runs in flight. */
package dev.flowir.benchmarks.growth;
