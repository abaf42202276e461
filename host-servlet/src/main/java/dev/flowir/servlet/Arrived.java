package dev.flowir.servlet;

import dev.flowir.ir.CodecException;
import dev.flowir.kernel.form.FormException;
import java.util.Map;

/** What a request brought for its flow. */
interface Arrived {

    /**
     * The flow's input.
     *
     * @throws CodecException when it is none
     */
    <I> I input(PayloadReader<I> reader, RequestHead head, Map<String, String> extras)
            throws CodecException;

    /**
     * Called when the flow is about to start.
     *
     * @throws FormException when it cannot
     */
    default void keep() throws FormException {}

    /** Called when it did not start. */
    default void discard() {}

    /** A body that is wholly there. */
    final class Bytes implements Arrived {
        private final byte[] body;

        Bytes(byte[] body) {
            this.body = body;
        }

        @Override
        public <I> I input(PayloadReader<I> reader, RequestHead head, Map<String, String> extras)
                throws CodecException {
            return reader.read(body, head, extras);
        }
    }
}
