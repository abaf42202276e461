package dev.flowir.kernel.cap;

/** One message to a client, on a {@link Wire}. */
public sealed interface Frame {

    /**
     * Text.
     *
     * @param text what is sent, in UTF-8
     * @param id where the client goes on from when it comes back: the id of a server-sent event,
     *     not sent over a WebSocket; empty for none
     */
    record Text(String text, String id) implements Frame {}

    /**
     * Bytes. Cannot be sent as a server-sent event.
     *
     * @param bytes what is sent; not changed afterwards
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Bytes(byte[] bytes) implements Frame {}

    /**
     * Text that nobody goes on from.
     *
     * @param text what is sent
     * @return the frame
     */
    static Frame text(String text) {
        return new Text(text, "");
    }

    /** {@return about how much room it takes: a byte for each character or byte} */
    default int size() {
        return switch (this) {
            case Text text -> text.text().length();
            case Bytes bytes -> bytes.bytes().length;
        };
    }
}
