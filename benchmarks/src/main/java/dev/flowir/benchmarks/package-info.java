/** The same works done by flows and by their peers, and the report about them. */
package dev.flowir.benchmarks;
