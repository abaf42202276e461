package dev.flowir.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Sends single requests: what is below an {@link HttpEndpoint}, which has checked targets, headers
 * and bounds before, follows redirects, counts bytes and tells faults. Here nothing is repeated and
 * no redirect is followed. Thread-safe.
 *
 * <p>Every wait has a limit, and ends with {@link InterruptedException} when the attempt is given
 * up; whatever was under way then is given up, too.
 */
public interface HttpRemote extends AutoCloseable {

    /** {@return nanoseconds since any fixed moment} */
    long nowNanos();

    /**
     * Reads a date as HTTP writes it.
     *
     * @param text for example {@code Sun, 06 Nov 1994 08:49:37 GMT}
     * @return the moment; empty when it is no date
     */
    Optional<Instant> date(String text);

    /**
     * Where a host is, as far as this side can know it.
     *
     * @param uri an address with a host
     * @param limit how long it may take
     * @return its addresses; empty when names are resolved elsewhere
     * @throws Trouble when the name has none, or the limit passed
     * @throws InterruptedException when the attempt was given up
     */
    List<Address> addresses(URI uri, Duration limit) throws Trouble, InterruptedException;

    /**
     * Sends a request and waits for the headers of its reply.
     *
     * @param request the request
     * @param limit how long it may take
     * @return the reply, whose body is read or closed by the caller
     * @throws Trouble when none came, or the limit passed
     * @throws InterruptedException when the attempt was given up
     */
    Reply send(Request request, Duration limit) throws Trouble, InterruptedException;

    /** Ends what is under way and takes no more calls. */
    @Override
    void close();

    /** An address of a host. */
    final class Address {

        private final String text;
        private final byte[] bytes;

        /**
         * An address.
         *
         * @param text for people
         * @param bytes 4 or 16
         */
        public Address(String text, byte[] bytes) {
            this.text = text;
            this.bytes = bytes.clone();
        }

        /** {@return the address for people} */
        public String text() {
            return text;
        }

        /** {@return a copy of its 4 or 16 bytes} */
        public byte[] bytes() {
            return bytes.clone();
        }
    }

    /**
     * A field of a header.
     *
     * @param name in small letters
     * @param value as it is sent
     */
    record Field(String name, String value) {}

    /**
     * A request.
     *
     * @param method in capitals
     * @param uri where it goes
     * @param headers in order
     * @param content what is sent
     */
    record Request(String method, URI uri, List<Field> headers, Content content) {}

    /** The body of a request. */
    interface Content {

        /** {@return how many bytes there are, when that is known; 0 for no body} */
        OptionalLong length();

        /**
         * The bytes; asked for once at most.
         *
         * @return a stream that is read to its end and closed
         * @throws IOException when there is none
         */
        InputStream open() throws IOException;
    }

    /**
     * A reply.
     *
     * @param status from 100 to 599
     * @param headers by name
     * @param body the body
     */
    record Reply(int status, Map<String, List<String>> headers, Body body) {}

    /** The body of a reply, one piece at a time: the next is brought when it is asked for. */
    interface Body {

        /**
         * The next piece.
         *
         * @param limit how long it may take
         * @return some bytes; empty at the end
         * @throws Trouble when it broke off, or the limit passed
         * @throws InterruptedException when the attempt was given up
         */
        Optional<ByteBuffer> next(Duration limit) throws Trouble, InterruptedException;

        /** Gives up what was not read; may be called from any thread, and twice. */
        void close();
    }

    /** Why there is no reply, or no more of it. */
    final class Trouble extends Exception {
        private static final long serialVersionUID = 1;

        /** What it means; empty when a limit passed. */
        private final transient Optional<HttpFault> fault;

        private Trouble(Optional<HttpFault> fault, String detail, Optional<Throwable> cause) {
            super(detail, cause.orElse(null));
            this.fault = fault;
        }

        /** {@return that the limit passed} */
        public static Trouble late() {
            return new Trouble(Optional.empty(), "the limit passed", Optional.empty());
        }

        /**
         * Something went wrong.
         *
         * @param fault what it means
         * @param detail says it, and what to do
         * @return the trouble
         */
        public static Trouble of(HttpFault fault, String detail) {
            return new Trouble(Optional.of(fault), detail, Optional.empty());
        }

        /**
         * Something went wrong below.
         *
         * @param fault what it means
         * @param detail says it, and what to do
         * @param cause what was thrown
         * @return the trouble
         */
        public static Trouble of(HttpFault fault, String detail, Throwable cause) {
            return new Trouble(Optional.of(fault), detail, Optional.of(cause));
        }

        /** {@return what it means; empty when a limit passed} */
        public Optional<HttpFault> fault() {
            return fault;
        }

        /** {@return what went wrong} */
        String detail() {
            return String.valueOf(getMessage());
        }
    }
}
