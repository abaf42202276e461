package dev.flowir.examples.imagepipeline;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the classification of one version of a picture stands. Every update of a row names the
 * statuses that it may start from, so that a message that comes twice, or late, moves nothing back.
 */
enum Status {
    /** Its run is recorded. */
    QUEUED("queued"),
    /** Its run has the picture. */
    RUNNING("running"),
    /** Its labels are there. */
    SUCCEEDED("succeeded"),
    /** Its run failed for good. */
    FAILED("failed"),
    /** Its message was given up: there is no run. */
    DEAD_LETTERED("dead-lettered");

    private final String word;

    Status(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    static Status ofWord(String word) {
        return Arrays.stream(values())
                .filter(status -> status.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no status: " + word));
    }

    /** What may follow. A newer upload of the same bytes begins a row anew; that is no step. */
    Set<Status> next() {
        return switch (this) {
            case QUEUED -> EnumSet.of(RUNNING, FAILED);
            case RUNNING -> EnumSet.of(SUCCEEDED, FAILED);
            case SUCCEEDED -> EnumSet.noneOf(Status.class);
            case FAILED, DEAD_LETTERED -> EnumSet.of(QUEUED);
        };
    }

    /** What it may come from, as SQL: {@code 'queued', 'running'}. */
    String origins() {
        return Arrays.stream(values())
                .filter(before -> before.next().contains(this))
                .map(before -> "'" + before.word + "'")
                .collect(Collectors.joining(", "));
    }
}
