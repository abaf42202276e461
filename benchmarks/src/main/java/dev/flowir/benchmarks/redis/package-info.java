/** Capabilities on Redis beside the bare client. */
package dev.flowir.benchmarks.redis;
