/** The IR as records, ids, lattices, hints, and typed authoring. */
package dev.flowir.ir;
