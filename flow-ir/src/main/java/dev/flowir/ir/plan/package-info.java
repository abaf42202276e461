/** Lowering of a checked flow to an array-indexed plan. */
package dev.flowir.ir.plan;
