/** Durable runs on the embedded store. Start with {@link dev.flowir.durable.DurableRuntime}. */
package dev.flowir.durable;
