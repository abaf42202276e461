package dev.flowir.examples.taskrunner;

import java.util.Optional;

/**
 * A task as its store has it.
 *
 * @param taskId UUID
 * @param status where it stands
 * @param payload what was posted, JSON text
 * @param expiresAt epoch second from which it may be removed
 * @param reason why it failed, when it did
 */
record Task(String taskId, Status status, String payload, long expiresAt, Optional<String> reason) {

    /** The same task with another status. */
    Task at(Status next) {
        return new Task(taskId, next, payload, expiresAt, reason);
    }

    /**
     * Where a task stands. It moves to the right only; a redrive alone leads from failed back to
     * pending.
     */
    public enum Status {
        /** Accepted, on disk, waiting in the queue. */
        PENDING("pending"),
        /** A consumer works on it. */
        PROCESSING("processing"),
        /** Done. */
        COMPLETED("completed"),
        /** Given up after all retries; a dead letter says why. */
        FAILED("failed");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        /** The word in JSON and in the store. */
        public String word() {
            return word;
        }

        /** True when the consumer has nothing more to do. */
        public boolean isFinal() {
            return this == COMPLETED || this == FAILED;
        }

        /**
         * The status with this word.
         *
         * @throws IllegalArgumentException when there is none
         */
        public static Status ofWord(String word) {
            for (Status status : values()) {
                if (status.word.equals(word)) {
                    return status;
                }
            }
            throw new IllegalArgumentException("no task status '" + word + "'");
        }
    }
}
