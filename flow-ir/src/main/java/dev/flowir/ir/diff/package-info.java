/** What an edit of a flow means for its durable runs in flight. */
package dev.flowir.ir.diff;
