package dev.flowir.examples.imagepipeline;

import java.util.List;

/** What a reader may ask an organization. */
interface OrganizationView {

    /** {@return where things stand} */
    OrganizationState state();

    /**
     * {@return the runs that were begun for it, in the order of their ids}
     *
     * @param most how many
     */
    List<Organization.TrackedRun> runs(int most);
}
