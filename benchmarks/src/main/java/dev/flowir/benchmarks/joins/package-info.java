/** Items that go two ways and meet again. */
package dev.flowir.benchmarks.joins;
