/** Events put together by time. */
package dev.flowir.benchmarks.windows;
