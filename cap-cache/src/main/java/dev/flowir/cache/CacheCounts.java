package dev.flowir.cache;

/**
 * What became of questions since the cache was made.
 *
 * @param found answered from the cache, or by waiting for who worked it out
 * @param worked worked out
 * @param evicted answers that went for want of room or because their time was over; where processes
 *     share them, for want of room for answers of this one
 * @param entries answers that are kept now, roughly
 * @param unkept answers that were worked out and not kept, since who keeps them was away
 */
public record CacheCounts(long found, long worked, long evicted, long entries, long unkept) {}
