/** Durable steps beside what the disk and the database below can do, and beside their peers. */
package dev.flowir.benchmarks.durable;
