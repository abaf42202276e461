package dev.flowir.http;

import java.time.Duration;

/**
 * How long a call may take. The run's deadline ends it sooner, and so does an interrupt.
 *
 * @param connect until a connection stands, its name resolved and its TLS agreed
 * @param firstByte from the call to the status and headers of the reply, connecting included
 * @param idle between two pieces of the reply's body
 * @param whole from the call to the last byte of the reply; does not hold for streams of events
 */
public record HttpTimeouts(Duration connect, Duration firstByte, Duration idle, Duration whole) {

    /** 5 s to connect, 30 s to the first byte and between pieces, 60 s for the whole. */
    public static final HttpTimeouts DEFAULT =
            new HttpTimeouts(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(60));

    /** Refuses times that are not positive. */
    public HttpTimeouts {
        positive("connect", connect);
        positive("firstByte", firstByte);
        positive("idle", idle);
        positive("whole", whole);
    }

    static void positive(String what, Duration time) {
        if (time.isZero() || time.isNegative()) {
            throw new IllegalArgumentException(what + " must be positive, and is " + time);
        }
    }

    /**
     * Another limit for connecting.
     *
     * @param time positive
     * @return the times with it
     */
    public HttpTimeouts withConnect(Duration time) {
        return new HttpTimeouts(time, firstByte, idle, whole);
    }

    /**
     * Another limit for the first byte.
     *
     * @param time positive
     * @return the times with it
     */
    public HttpTimeouts withFirstByte(Duration time) {
        return new HttpTimeouts(connect, time, idle, whole);
    }

    /**
     * Another limit between two pieces.
     *
     * @param time positive
     * @return the times with it
     */
    public HttpTimeouts withIdle(Duration time) {
        return new HttpTimeouts(connect, firstByte, time, whole);
    }

    /**
     * Another limit for the whole.
     *
     * @param time positive
     * @return the times with it
     */
    public HttpTimeouts withWhole(Duration time) {
        return new HttpTimeouts(connect, firstByte, idle, time);
    }
}
