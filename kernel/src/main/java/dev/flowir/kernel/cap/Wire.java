package dev.flowir.kernel.cap;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * One open connection to a client, as its host has it: a WebSocket, or a stream of server-sent
 * events. Whoever is behind it is a {@link WireEnd}.
 */
public interface Wire {

    /**
     * Sends one frame. The next one is sent only when this one is on its way: so whoever sends
     * knows how far the client is behind. Does not wait.
     *
     * @param frame what to send
     * @param sent told once, on any thread: empty when the frame is on its way, else what went
     *     wrong
     */
    void send(Frame frame, Consumer<Optional<Throwable>> sent);

    /**
     * Ends the connection, also while a frame is being sent. Does not wait; the end is then told
     * that it is closed. A second call changes nothing.
     *
     * @param code close code of RFC 6455
     * @param reason for the client, at most 123 bytes of UTF-8
     */
    void close(int code, String reason);
}
