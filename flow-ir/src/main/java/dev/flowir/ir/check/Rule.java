package dev.flowir.ir.check;

/** One step of the checker: reads the flow of a scope and reports what it finds there. */
@FunctionalInterface
interface Rule {
    void check(Scope scope);
}
