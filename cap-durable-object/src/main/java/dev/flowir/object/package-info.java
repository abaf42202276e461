/** Durable objects: classes of them, their storage, and how nodes and plain Java call them. */
package dev.flowir.object;
