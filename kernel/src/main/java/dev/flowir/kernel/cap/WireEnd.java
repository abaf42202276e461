package dev.flowir.kernel.cap;

/**
 * What is behind a {@link Wire}. A host calls it for one event after the other; a call may wait,
 * which slows the client down. After {@link #closed} there is no further call.
 */
public interface WireEnd {

    /**
     * The client sent text.
     *
     * @param text the text
     */
    void text(String text);

    /**
     * The client sent bytes.
     *
     * @param bytes the bytes; not used by the host afterwards
     */
    void bytes(byte[] bytes);

    /**
     * Something went wrong with the connection; {@link #closed} follows.
     *
     * @param failure what
     */
    void failed(Throwable failure);

    /**
     * The connection is over, whoever ended it.
     *
     * @param code close code of RFC 6455; 1006 when the client just left
     * @param reason as it was said, perhaps empty
     */
    void closed(int code, String reason);
}
