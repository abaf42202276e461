package dev.flowir.s3;

import java.time.Duration;

/**
 * How long is waited for.
 *
 * @param connect for a connection
 * @param free for a connection that others use
 * @param answer for an answer, and for the next bytes of one
 * @param slowestBytesPerSecond how fast bytes leave at least: a body of so many bytes has as many
 *     seconds more
 */
public record S3Patience(
        Duration connect, Duration free, Duration answer, long slowestBytesPerSecond) {

    private static final long SLOWEST = 256 * 1024;

    /** Refuses what is no time. */
    public S3Patience {
        boolean times = connect.toMillis() > 0 && free.toMillis() > 0 && answer.toMillis() > 0;
        if (!times || slowestBytesPerSecond < 1) {
            throw new IllegalArgumentException(
                    "times are at least a millisecond and bytes per second at least one");
        }
    }

    /** {@return 5 seconds, 5 seconds, 30 seconds and 256 KiB a second} */
    public static S3Patience defaults() {
        return new S3Patience(
                Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(30), SLOWEST);
    }

    /** For a call that sends so many bytes. */
    Duration sending(long bytes) {
        return answer.plusSeconds(bytes / slowestBytesPerSecond);
    }
}
