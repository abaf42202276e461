/** Queues: tokens and handles for flows, brokers and consumers for hosts. */
package dev.flowir.queue;
