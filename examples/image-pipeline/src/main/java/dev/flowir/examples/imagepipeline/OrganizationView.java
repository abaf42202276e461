package dev.flowir.examples.imagepipeline;

import java.util.List;

/** What a reader may ask an organization. */
interface OrganizationView {

    /** {@return where things stand} */
    OrganizationState state();

    /**
     * {@return events in order}
     *
     * @param after the number before the first
     * @param most how many
     */
    List<Event> events(long after, int most);

    /**
     * {@return the runs that were begun for it, in the order of their ids}
     *
     * @param most how many
     */
    List<Organization.TrackedRun> runs(int most);
}
