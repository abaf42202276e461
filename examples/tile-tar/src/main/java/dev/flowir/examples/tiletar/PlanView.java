package dev.flowir.examples.tiletar;

/** What a reader may ask a coordinator. */
interface PlanView {

    /** {@return how the archive of the plan stands} */
    JobState state();
}
