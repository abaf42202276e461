package dev.flowir.examples.imagepipeline;

import dev.flowir.http.model.Label;
import dev.flowir.object.agent.AgentEvent;
import java.util.List;

/**
 * Something that clients of an organization are told. It may be told twice; its id tells.
 *
 * @param type one of {@link #UPLOAD_COMPLETE}, {@link #CLASSIFICATION_COMPLETE}, {@link
 *     #CLASSIFICATION_ERROR}
 * @param id the same however often it is recorded
 * @param name what the picture was called
 * @param key where it is
 * @param eTag of which bytes
 * @param run which run
 * @param labels best first; only of a classification
 * @param error only of a failure
 */
record Event(
        String type,
        String id,
        String name,
        String key,
        String eTag,
        String run,
        List<Label> labels,
        String error) {

    static final String UPLOAD_COMPLETE = "upload_complete";
    static final String CLASSIFICATION_COMPLETE = "classification_complete";
    static final String CLASSIFICATION_ERROR = "classification_error";

    static Event of(String type, String run, Messages.Job job, List<Label> labels, String error) {
        return new Event(
                type, run + ":" + type, job.name(), job.key(), job.eTag(), run, labels, error);
    }

    /** As which clients get it. */
    AgentEvent<Event> told() {
        return AgentEvent.of(type, Event.class);
    }
}
