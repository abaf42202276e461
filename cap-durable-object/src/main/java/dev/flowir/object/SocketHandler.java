package dev.flowir.object;

import dev.flowir.kernel.cap.WireRequest;
import java.util.List;
import java.util.Optional;

/**
 * What an object does with the sockets of its clients. Each method but {@link #unhandled} is a call
 * of the object: alone, and everything it sends leaves after what it wrote.
 *
 * @param <C> the class in Java
 */
public interface SocketHandler<C> {

    /**
     * A client has connected. To refuse it, close the socket, or throw.
     *
     * @param object the object
     * @param socket the new socket
     * @param request how the client asked
     * @return tags by which {@link ObjectContext#sockets(String)} finds it
     * @throws Exception to have it closed with code 1011
     */
    default List<String> opened(C object, ObjectSocket socket, WireRequest request)
            throws Exception {
        return List.of();
    }

    /**
     * A client has sent text.
     *
     * @param object the object
     * @param socket from which one
     * @param text what
     * @throws Exception to leave nothing, see {@link #unhandled}
     */
    void text(C object, ObjectSocket socket, String text) throws Exception;

    /**
     * A client has sent bytes. Closes the socket with code 4003 unless overridden.
     *
     * @param object the object
     * @param socket from which one
     * @param bytes what
     * @throws Exception to leave nothing
     */
    default void bytes(C object, ObjectSocket socket, byte[] bytes) throws Exception {
        socket.close(4003, "only text is understood");
    }

    /**
     * A socket is closed, whoever closed it. Told once, unless the process dies.
     *
     * @param object the object
     * @param socket which one
     * @param code close code of RFC 6455
     * @param reason as it was said
     * @throws Exception to leave nothing
     */
    default void closed(C object, ObjectSocket socket, int code, String reason) throws Exception {}

    /**
     * The connection of a socket has failed; {@link #closed} follows.
     *
     * @param object the object
     * @param socket which one
     * @param failure what went wrong
     * @throws Exception to leave nothing
     */
    default void failed(C object, ObjectSocket socket, Throwable failure) throws Exception {}

    /**
     * The client was too slow, and what was on its way is forgotten: send it what it needs to go
     * on. Only with {@link SlowClient#SNAPSHOT}.
     *
     * @param object the object
     * @param socket which one; it has room again
     * @throws Exception to have it closed
     */
    default void lapsed(C object, ObjectSocket socket) throws Exception {}

    /**
     * What a client is told when its text was not handled: the handler threw, too many calls wait,
     * or what it wrote could not be kept. Runs outside of the object, which keeps nothing of it.
     *
     * @param text what the client had sent
     * @param failure why
     * @return what to send; empty closes the socket with 1013 when the object has too many calls,
     *     and sends nothing otherwise
     */
    default Optional<String> unhandled(String text, Throwable failure) {
        return Optional.empty();
    }
}
