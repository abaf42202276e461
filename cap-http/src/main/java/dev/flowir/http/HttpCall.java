package dev.flowir.http;

import dev.flowir.kernel.cap.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A call to a service: method, target, headers, and limits of its own. Immutable; each method gives
 * a changed copy.
 *
 * @param <C> the kind of call
 */
public abstract sealed class HttpCall<C extends HttpCall<C>> permits HttpRead, HttpWrite {

    private final Parts parts;

    /**
     * What a call is made of.
     *
     * @param method in capitals
     * @param target path, or absolute address
     * @param query what is added to the target, encoded
     * @param headers in order
     * @param within time for the whole call
     * @param maxReplyBytes bound of the reply's body
     */
    record Parts(
            String method,
            String target,
            List<String> query,
            List<Header> headers,
            Optional<Duration> within,
            OptionalLong maxReplyBytes) {

        static Parts of(String method, String target) {
            return new Parts(
                    method, target, List.of(), List.of(), Optional.empty(), OptionalLong.empty());
        }
    }

    HttpCall(Parts parts) {
        this.parts = parts;
    }

    abstract C with(Parts changed);

    final Parts parts() {
        return parts;
    }

    /** {@return GET, HEAD, POST, PUT, PATCH or DELETE} */
    public final String method() {
        return parts.method();
    }

    /** {@return the path or address that the call was made for, without what was added to it} */
    public final String target() {
        return parts.target();
    }

    /**
     * Adds a segment to the path, encoded: what comes from outside cannot leave its place.
     *
     * @param text any text but {@code .} and {@code ..}, which no encoding keeps in its place
     * @return the call with it
     */
    public final C segment(String text) {
        if (text.isEmpty() || text.equals(".") || text.equals("..")) {
            throw new HttpException(
                    HttpFault.BAD_TARGET,
                    "a segment of a path is not empty, '.' or '..'; check it before the call");
        }
        String target = parts.target();
        return with(
                new Parts(
                        parts.method(),
                        target + (target.endsWith("/") ? "" : "/") + encoded(text),
                        parts.query(),
                        parts.headers(),
                        parts.within(),
                        parts.maxReplyBytes()));
    }

    /**
     * Adds a query parameter; name and value are encoded here.
     *
     * @param name its name
     * @param value its value
     * @return the call with it
     */
    public final C query(String name, String value) {
        List<String> query = new ArrayList<>(parts.query());
        query.add(encoded(name) + "=" + encoded(value));
        return with(
                new Parts(
                        parts.method(),
                        parts.target(),
                        List.copyOf(query),
                        parts.headers(),
                        parts.within(),
                        parts.maxReplyBytes()));
    }

    /**
     * Adds a header. The values of those that carry credentials, such as {@code authorization}, are
     * kept out of messages.
     *
     * @param name its name, in any case
     * @param value its value
     * @return the call with it
     */
    public final C header(String name, String value) {
        return with(Header.of(name, value));
    }

    /**
     * Adds a header whose value is kept out of messages.
     *
     * @param name its name, in any case
     * @param value its value
     * @return the call with it
     */
    public final C header(String name, Secret value) {
        return with(Header.of(name, () -> value));
    }

    /**
     * Limits the time of the whole call, to the last byte of the reply. For a stream of events it
     * is the only limit of the whole besides the run's deadline.
     *
     * @param time positive
     * @return the call with it
     */
    public final C within(Duration time) {
        HttpTimeouts.positive("within", time);
        return with(
                new Parts(
                        parts.method(),
                        parts.target(),
                        parts.query(),
                        parts.headers(),
                        Optional.of(time),
                        parts.maxReplyBytes()));
    }

    /**
     * Bounds the body of the reply more tightly, or less, than the endpoint does.
     *
     * @param bytes how many at most
     * @return the call with it
     */
    public final C maxReplyBytes(long bytes) {
        HttpLimits.notNegative("maxReplyBytes", bytes);
        return with(
                new Parts(
                        parts.method(),
                        parts.target(),
                        parts.query(),
                        parts.headers(),
                        parts.within(),
                        OptionalLong.of(bytes)));
    }

    final C with(Header header) {
        List<Header> headers = new ArrayList<>(parts.headers());
        headers.add(header);
        return with(
                new Parts(
                        parts.method(),
                        parts.target(),
                        parts.query(),
                        List.copyOf(headers),
                        parts.within(),
                        parts.maxReplyBytes()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public final String toString() {
        return parts.method() + " " + Shown.target(parts.target());
    }
}
