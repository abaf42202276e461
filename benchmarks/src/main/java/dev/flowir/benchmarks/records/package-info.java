/** Many records through pure stages: without bounds between the stages, and with. */
package dev.flowir.benchmarks.records;
