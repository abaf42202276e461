package dev.flowir.http;

/** A call that only asks: GET or HEAD. */
public final class HttpRead extends HttpCall<HttpRead> {

    private HttpRead(Parts parts) {
        super(parts);
    }

    /**
     * Asks for a resource.
     *
     * @param target path at the endpoint, or an absolute address that its {@link Egress} allows;
     *     encoded as URLs are
     * @return the call
     */
    public static HttpRead get(String target) {
        return new HttpRead(Parts.of("GET", target));
    }

    /**
     * Asks for the headers of a resource.
     *
     * @param target as in {@link #get}
     * @return the call; its reply has no body
     */
    public static HttpRead head(String target) {
        return new HttpRead(Parts.of("HEAD", target));
    }

    /**
     * Asks a stream of events to go on after the last one seen. Nothing does so by itself.
     *
     * @param lastEventId {@link EventStream#lastEventId()} of the stream that ended
     * @return the call with the header {@code last-event-id}; without it when the id is empty
     */
    public HttpRead resumingAfter(String lastEventId) {
        return lastEventId.isEmpty() ? this : header("last-event-id", lastEventId);
    }

    @Override
    HttpRead with(Parts changed) {
        return new HttpRead(changed);
    }
}
