/** Durable objects and blobs beside their peers and what the disk can do. */
package dev.flowir.benchmarks.objects;
