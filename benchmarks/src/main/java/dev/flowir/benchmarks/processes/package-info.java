/** Measurements that run in processes of their own, and what they do there: callers, rates. */
package dev.flowir.benchmarks.processes;
