/** From JMH's results to one report: tables, goals, pictures, and words about who wins. */
package dev.flowir.benchmarks.report;
