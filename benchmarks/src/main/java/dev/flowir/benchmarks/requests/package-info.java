/** One request through validation, two prices, a join and a response. */
package dev.flowir.benchmarks.requests;
