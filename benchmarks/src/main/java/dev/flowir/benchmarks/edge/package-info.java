/** Workers of flows beside workers written by hand, in the same isolates. */
package dev.flowir.benchmarks.edge;
