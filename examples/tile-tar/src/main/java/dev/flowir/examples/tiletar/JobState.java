package dev.flowir.examples.tiletar;

import java.util.Map;

/**
 * How the archive of a plan stands, as clients see it.
 *
 * @param status {@code idle}, {@code running}, {@code complete} or {@code failed}
 * @param number which job of the plan it is, from 1
 * @param attempt how often it was begun
 * @param done tiles that have left
 * @param total tiles there are; 0 before they are counted
 * @param bytes of the whole archive, once it is
 * @param sha256 of the whole archive, once it is
 * @param note why it failed, or what it waits for
 * @param uses what each node has used in the last attempt, once it is whole
 */
record JobState(
        String status,
        long number,
        int attempt,
        int done,
        int total,
        long bytes,
        String sha256,
        String note,
        Map<String, Use> uses) {

    static final JobState NONE = new JobState("idle", 0, 0, 0, 0, 0, "", "", Map.of());

    boolean isRunning() {
        return status.equals("running");
    }

    JobState next() {
        return new JobState("running", number + 1, 1, 0, 0, 0, "", "", Map.of());
    }

    JobState progress(int newDone, int newTotal) {
        return new JobState(status, number, attempt, newDone, newTotal, 0, "", "", uses);
    }

    JobState noting(String newNote) {
        return new JobState(status, number, attempt, done, total, bytes, sha256, newNote, uses);
    }

    JobState again(String why) {
        return new JobState(status, number, attempt + 1, done, total, 0, "", why, uses);
    }

    JobState failed(String why) {
        return new JobState("failed", number, attempt, done, total, 0, "", why, uses);
    }

    JobState complete(Container.Detection detection, Map<String, Use> newUses) {
        int tiles = detection.tiles();
        return new JobState(
                "complete",
                number,
                attempt,
                tiles,
                tiles,
                detection.bytes(),
                detection.sha256(),
                "",
                newUses);
    }
}
