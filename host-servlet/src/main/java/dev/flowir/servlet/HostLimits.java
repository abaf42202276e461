package dev.flowir.servlet;

import java.time.Duration;

/**
 * Bounds of the host as a whole. What is above them is refused, not queued.
 *
 * @param maxInFlight requests worked on at a time; above: 503 with {@code Retry-After}
 * @param maxStreams event streams open at a time, and as many WebSockets; above: 503 with {@code
 *     Retry-After}
 * @param maxHeaders header fields of one request; above: 431
 * @param maxParameters query parameters of one request; above: 400
 * @param bodyTimeout time until the whole body must be there; above: 408
 * @param keepAlive silence on an event stream after which a comment is sent, which also finds out
 *     whether the client is still there
 */
public record HostLimits(
        int maxInFlight,
        int maxStreams,
        int maxHeaders,
        int maxParameters,
        Duration bodyTimeout,
        Duration keepAlive) {

    /**
     * 256 requests, which with bodies of 1 MiB each is a quarter of a GiB; 1,024 streams; 100
     * headers and 100 parameters, the default of Tomcat for headers; 30 s for the body, the idle
     * time-out of Jetty; 15 s of silence, as in the reference implementation.
     */
    public static final HostLimits DEFAULT =
            new HostLimits(256, 1_024, 100, 100, Duration.ofSeconds(30), Duration.ofSeconds(15));

    /**
     * 16 MiB: what is taken, and thrown away, of the body of a refused request before it is
     * answered, for at most {@link #bodyTimeout()}. So a client that listens only when it has sent
     * everything sees its answer: eight times what Tomcat takes by itself (2 MiB). The connection
     * of a client that sends more is cut.
     */
    public static final int MAX_DISCARDED_BYTES = 16 * 1024 * 1024;

    /**
     * 1 s without a byte: from then on a refused client is taken for one that waits for its answer
     * before it sends its body, as long as curl waits for {@code 100 Continue}.
     */
    public static final Duration DISCARD_SILENCE = Duration.ofSeconds(1);

    /**
     * 1 s, as {@link #DISCARD_SILENCE}: a client that did not keep up with a stream may still take
     * its last event, which says so, before the connection is cut.
     */
    public static final Duration LAST_WORD = Duration.ofSeconds(1);

    /** Refuses limits that are not positive. */
    public HostLimits {
        if (maxInFlight < 1
                || maxStreams < 1
                || maxHeaders < 1
                || maxParameters < 1
                || bodyTimeout.isNegative()
                || bodyTimeout.isZero()
                || keepAlive.isNegative()
                || keepAlive.isZero()) {
            throw new IllegalArgumentException("limits of the host must be positive");
        }
    }

    /**
     * The same with another bound for requests in flight.
     *
     * @param requests at least 1
     * @return further limits
     */
    public HostLimits withMaxInFlight(int requests) {
        return new HostLimits(
                requests, maxStreams, maxHeaders, maxParameters, bodyTimeout, keepAlive);
    }

    /**
     * The same with another bound for open streams.
     *
     * @param streams at least 1
     * @return further limits
     */
    public HostLimits withMaxStreams(int streams) {
        return new HostLimits(
                maxInFlight, streams, maxHeaders, maxParameters, bodyTimeout, keepAlive);
    }

    /**
     * The same with another time for the body.
     *
     * @param time more than zero
     * @return further limits
     */
    public HostLimits withBodyTimeout(Duration time) {
        return new HostLimits(maxInFlight, maxStreams, maxHeaders, maxParameters, time, keepAlive);
    }

    /**
     * The same with another silence before a keep-alive comment.
     *
     * @param silence more than zero
     * @return further limits
     */
    public HostLimits withKeepAlive(Duration silence) {
        return new HostLimits(
                maxInFlight, maxStreams, maxHeaders, maxParameters, bodyTimeout, silence);
    }
}
