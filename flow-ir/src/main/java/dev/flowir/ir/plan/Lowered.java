package dev.flowir.ir.plan;

/** What lowering a definition gives. */
public sealed interface Lowered {

    /**
     * A plan.
     *
     * @param plan the plan
     */
    record Ready(Plan plan) implements Lowered {}

    /**
     * No plan.
     *
     * @param refusal the first reason found
     */
    record Refused(Refusal refusal) implements Lowered {}
}
