package dev.flowir.redis;

import java.time.Duration;

/**
 * How long a server is waited for, and how soon one that is away is called again. Lettuce's own
 * defaults are 10 s, 60 s and up to 30 s, which is long where a request waits for the answer.
 *
 * @param connect longest for a connection and its greeting
 * @param answer longest for an answer; a connection that was silent for all of it is given up
 * @param soonest shortest pause before a connection is tried again
 * @param latest longest such pause; pauses double from one try to the next, with chance
 */
public record RedisPatience(Duration connect, Duration answer, Duration soonest, Duration latest) {

    private static final RedisPatience DEFAULTS =
            new RedisPatience(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(10),
                    Duration.ofSeconds(5));

    /** Refuses times that are not positive, and pauses whose end is before their start. */
    public RedisPatience {
        for (Duration time : new Duration[] {connect, answer, soonest, latest}) {
            if (time.toMillis() < 1) {
                throw new IllegalArgumentException("times are 1 ms at least, got " + time);
            }
        }
        if (latest.compareTo(soonest) < 0) {
            throw new IllegalArgumentException("the longest pause is shorter than the shortest");
        }
    }

    /** {@return 5 s for a connection, 5 s for an answer, pauses of 10 ms to 5 s} */
    public static RedisPatience defaults() {
        return DEFAULTS;
    }

    /**
     * The same with another time for answers.
     *
     * @param longest how long
     * @return the times with it
     */
    public RedisPatience answerWithin(Duration longest) {
        return new RedisPatience(connect, longest, soonest, latest);
    }

    /**
     * The same with another time for connections.
     *
     * @param longest how long
     * @return the times with it
     */
    public RedisPatience connectWithin(Duration longest) {
        return new RedisPatience(longest, answer, soonest, latest);
    }
}
