package dev.flowir.limit;

/**
 * Buckets that something else keeps, such as a server: looking and taking are one step there. Keys
 * and numbers have been checked, and the attempt's fence was asked.
 *
 * <p>All that is kept of a bucket is the moment when it will be full again; one that is full is
 * kept nowhere. A draw starts at that moment, or now where it is past, and moves it on by its cost;
 * how far it then lies beyond now and the room of a whole bucket is the wait.
 */
public interface RateRemote {

    /**
     * What somebody asks of a bucket, in nanoseconds.
     *
     * @param cost how much later the bucket is full for it
     * @param room how long an empty bucket takes to be full; a cost that would make it longer has
     *     to be waited for
     * @param mostWait how long may be waited
     * @param mostAhead how far ahead the bucket is full at most, before: more was kept by a clock
     *     that was put back since
     */
    record Draw(long cost, long room, long mostWait, long mostAhead) {

        /** Refuses what is no time. */
        public Draw {
            if (cost < 0 || room < 0 || mostWait < 0 || mostAhead < 0) {
                throw new IllegalArgumentException("a draw has no negative times");
            }
        }
    }

    /**
     * Takes, unless it has to be waited for longer than it may: then nothing changes.
     *
     * @param key of the bucket
     * @param draw what is asked for
     * @return nanoseconds until the permits are there; more than {@link Draw#mostWait} when nothing
     *     was taken
     */
    long draw(String key, Draw draw);

    /**
     * Puts back what was taken and not used.
     *
     * @param key of the bucket
     * @param cost as it was drawn
     */
    void giveBack(String key, long cost);
}
