package dev.flowir.examples.imagepipeline;

import dev.flowir.examples.imagepipeline.Messages.Job;

/** What a change event comes to. */
sealed interface Verdict {

    /** A run is to begin. */
    record Start(Job job) implements Verdict {}

    /** The bucket has something newer, or nothing any more. */
    record Superseded(Notification event) implements Verdict {}

    /** The object was deleted. */
    record Deleted(Notification event) implements Verdict {}

    /** It is to come again. */
    record Later(Exception why) implements Verdict {}

    /** It never comes to anything. */
    record Never(Exception why) implements Verdict {}
}
