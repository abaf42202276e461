package dev.flowir.store;

/**
 * Numbers since the store was opened.
 *
 * @param queued transactions waiting for the writer now
 * @param queueBound the most that can wait
 * @param committed transactions acknowledged
 * @param failed transactions that ended in an error, their own or the disk's
 * @param refused transactions that found no room
 * @param commits commits that reached the disk; {@code committed / commits} is the group size
 */
public record StoreStats(
        int queued, int queueBound, long committed, long failed, long refused, long commits) {}
