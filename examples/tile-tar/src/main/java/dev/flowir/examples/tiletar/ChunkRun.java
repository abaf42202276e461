package dev.flowir.examples.tiletar;

import java.util.List;

/**
 * An archive that is made in parts.
 *
 * @param id names the run
 * @param status one of the words below
 * @param total parts
 * @param made numbers of the parts that are there
 * @param archive what it must be
 * @param note why it failed
 */
record ChunkRun(
        String id,
        String status,
        int total,
        List<Integer> made,
        Announcement archive,
        String note) {

    static final String IDLE = "idle";
    static final String MAKING = "making";
    static final String ASSEMBLING = "assembling";
    static final String COMPLETE = "complete";
    static final String FAILED = "failed";

    static final ChunkRun NONE =
            new ChunkRun("", IDLE, 0, List.of(), new Announcement("", "", 0, 0), "");

    static ChunkRun begun(String id, int total, Announcement archive) {
        return new ChunkRun(id, MAKING, total, List.of(), archive, "");
    }

    boolean isUnderway() {
        return status.equals(MAKING) || status.equals(ASSEMBLING);
    }

    ChunkRun with(String newStatus, List<Integer> newMade, String newNote) {
        return new ChunkRun(id, newStatus, total, newMade, archive, newNote);
    }
}
