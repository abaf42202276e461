package dev.flowir.http;

/**
 * How much a call may move and hold.
 *
 * @param maxRequestBytes bound of a request's body
 * @param maxReplyBytes bound of a reply's body, read whole or as a stream
 * @param maxHeaderBytes bound of a reply's headers, names and values together
 * @param maxEventBytes bound of one event of a stream; a stream as a whole has none
 * @param maxCalls how many calls may be open at the same time; one more is refused
 */
public record HttpLimits(
        long maxRequestBytes,
        long maxReplyBytes,
        int maxHeaderBytes,
        int maxEventBytes,
        int maxCalls) {

    /** 16 MiB each way, 64 KiB of headers, 1 MiB an event, 256 calls. */
    public static final HttpLimits DEFAULT =
            new HttpLimits(16L << 20, 16L << 20, 64 << 10, 1 << 20, 256);

    /** Refuses negative bounds, and none at all of calls. */
    public HttpLimits {
        notNegative("maxRequestBytes", maxRequestBytes);
        notNegative("maxReplyBytes", maxReplyBytes);
        notNegative("maxHeaderBytes", maxHeaderBytes);
        notNegative("maxEventBytes", maxEventBytes);
        if (maxCalls < 1) {
            throw new IllegalArgumentException("maxCalls must be 1 at least, and is " + maxCalls);
        }
    }

    static void notNegative(String what, long number) {
        if (number < 0) {
            throw new IllegalArgumentException(what + " must not be negative, and is " + number);
        }
    }

    /**
     * Another bound of requests.
     *
     * @param bytes how many at most
     * @return the limits with it
     */
    public HttpLimits withMaxRequestBytes(long bytes) {
        return new HttpLimits(bytes, maxReplyBytes, maxHeaderBytes, maxEventBytes, maxCalls);
    }

    /**
     * Another bound of replies.
     *
     * @param bytes how many at most
     * @return the limits with it
     */
    public HttpLimits withMaxReplyBytes(long bytes) {
        return new HttpLimits(maxRequestBytes, bytes, maxHeaderBytes, maxEventBytes, maxCalls);
    }

    /**
     * Another bound of headers.
     *
     * @param bytes how many at most
     * @return the limits with it
     */
    public HttpLimits withMaxHeaderBytes(int bytes) {
        return new HttpLimits(maxRequestBytes, maxReplyBytes, bytes, maxEventBytes, maxCalls);
    }

    /**
     * Another bound of an event.
     *
     * @param bytes how many at most
     * @return the limits with it
     */
    public HttpLimits withMaxEventBytes(int bytes) {
        return new HttpLimits(maxRequestBytes, maxReplyBytes, maxHeaderBytes, bytes, maxCalls);
    }

    /**
     * Another number of calls at the same time.
     *
     * @param calls 1 at least
     * @return the limits with it
     */
    public HttpLimits withMaxCalls(int calls) {
        return new HttpLimits(maxRequestBytes, maxReplyBytes, maxHeaderBytes, maxEventBytes, calls);
    }
}
