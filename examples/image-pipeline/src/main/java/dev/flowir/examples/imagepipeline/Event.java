package dev.flowir.examples.imagepipeline;

import dev.flowir.examples.imagepipeline.Messages.Label;
import java.util.List;

/**
 * Something that clients of an organization are told. It may be told twice; its id tells.
 *
 * @param number its place among the organization's events, from 1
 * @param id the same however often it is recorded
 * @param type one of {@link #UPLOAD_COMPLETE}, {@link #CLASSIFICATION_COMPLETE}, {@link
 *     #CLASSIFICATION_ERROR}, or {@link #STATE} for what a client begins with
 * @param name what the picture was called
 * @param key where it is
 * @param eTag of which bytes
 * @param run which run
 * @param labels best first; only of a classification
 * @param error only of a failure
 * @param state the counts after it
 */
record Event(
        long number,
        String id,
        String type,
        String name,
        String key,
        String eTag,
        String run,
        List<Label> labels,
        String error,
        OrganizationState state) {

    static final String UPLOAD_COMPLETE = "upload_complete";
    static final String CLASSIFICATION_COMPLETE = "classification_complete";
    static final String CLASSIFICATION_ERROR = "classification_error";
    static final String STATE = "state";

    /** The first thing that a client is told: where things stand. What it missed comes after it. */
    static Event state(long after, OrganizationState state) {
        return new Event(after, STATE, STATE, "", "", "", "", List.of(), "", state);
    }

    static Event of(String type, String run, Messages.Job job, List<Label> labels, String error) {
        return new Event(
                0,
                run + ":" + type,
                type,
                job.name(),
                job.key(),
                job.eTag(),
                run,
                labels,
                error,
                OrganizationState.NONE);
    }

    Event numbered(OrganizationState after) {
        return new Event(after.events(), id, type, name, key, eTag, run, labels, error, after);
    }
}
