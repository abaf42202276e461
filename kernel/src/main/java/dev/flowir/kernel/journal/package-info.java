/**
 * Durable runs without any storage: what is recorded, how a run follows from its records, and what
 * a store must be able to do.
 */
package dev.flowir.kernel.journal;
