/** The checker: one class per family of rules, one table of codes. */
package dev.flowir.ir.check;
