package dev.flowir.http;

/** A call that changes something: POST, PUT, PATCH or DELETE. */
public final class HttpWrite extends HttpCall<HttpWrite> {

    /** Whether the reply to a repeat is the first one's. */
    enum Repeats {
        /** Yes by the meaning of the method, as RFC 9110 has it in 9.2.2. */
        SAME_BY_METHOD,
        /** Yes because the service is told the key of the work. */
        SAME_BY_KEY,
        /** Yes because the call changes nothing, whatever its method says. */
        SAME_BY_MEANING,
        /** A repeat is a second change. */
        SECOND_CHANGE
    }

    private final HttpBody body;
    private final Repeats repeats;

    private HttpWrite(Parts parts, HttpBody body, Repeats repeats) {
        super(parts);
        this.body = body;
        this.repeats = repeats;
    }

    /**
     * Sends something to a resource.
     *
     * @param target path at the endpoint, or an absolute address that its {@link Egress} allows;
     *     encoded as URLs are
     * @return the call, without a body
     */
    public static HttpWrite post(String target) {
        return of("POST", target, Repeats.SECOND_CHANGE);
    }

    /**
     * Puts a resource.
     *
     * @param target as in {@link #post}
     * @return the call, without a body
     */
    public static HttpWrite put(String target) {
        return of("PUT", target, Repeats.SAME_BY_METHOD);
    }

    /**
     * Changes part of a resource.
     *
     * @param target as in {@link #post}
     * @return the call, without a body
     */
    public static HttpWrite patch(String target) {
        return of("PATCH", target, Repeats.SECOND_CHANGE);
    }

    /**
     * Deletes a resource.
     *
     * @param target as in {@link #post}
     * @return the call, without a body
     */
    public static HttpWrite delete(String target) {
        return of("DELETE", target, Repeats.SAME_BY_METHOD);
    }

    private static HttpWrite of(String method, String target, Repeats repeats) {
        return new HttpWrite(Parts.of(method, target), HttpBody.empty(), repeats);
    }

    /**
     * Sends a body.
     *
     * @param content the body; one made of a stream can be sent once
     * @return the call with it
     */
    public HttpWrite body(HttpBody content) {
        return new HttpWrite(parts(), content, repeats);
    }

    /**
     * Sends the work's idempotency key, which is the same over all attempts, in the header {@code
     * idempotency-key}. For services that answer a repeat with what they answered first: then a
     * call whose outcome is unknown may be repeated ({@link HttpException#isRetriable()}).
     *
     * @return the call with it
     */
    public HttpWrite withIdempotencyKey() {
        return new HttpWrite(parts(), body, Repeats.SAME_BY_KEY);
    }

    /**
     * Says that this call changes nothing, though its method could: a question that is too long for
     * an address, for example a search or a model's work. Then another attempt does no harm.
     *
     * @return the call, which may be repeated
     */
    public HttpWrite changingNothing() {
        return new HttpWrite(parts(), body, Repeats.SAME_BY_MEANING);
    }

    HttpBody body() {
        return body;
    }

    Repeats repeats() {
        return repeats;
    }

    @Override
    HttpWrite with(Parts changed) {
        return new HttpWrite(changed, body, repeats);
    }
}
