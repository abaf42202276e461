package dev.flowir.object;

import dev.flowir.ir.Type;
import dev.flowir.kernel.cap.Frame;
import java.util.List;
import java.util.Optional;

/**
 * A client's connection to an object. It stays open while the object sleeps, and takes no thread.
 * Used inside the object's turn; what is sent there leaves when what the call has written is
 * durable, and never when the call fails. Inside {@link ObjectContext#outside} it leaves at once.
 */
public interface ObjectSocket {

    /** {@return a text that names it while it is open, and no other one} */
    String id();

    /** {@return the tags it was given when it was opened} */
    List<String> tags();

    /** {@return false once it is closed, by whichever side} */
    boolean isOpen();

    /**
     * Sends text, after everything sent before.
     *
     * @param text what to send
     */
    default void send(String text) {
        send(Frame.text(text));
    }

    /**
     * Sends a frame, after everything sent before. Nothing happens when the socket is closed, and
     * {@link SlowClient} says what when too much is on its way.
     *
     * @param frame what to send
     * @throws ObjectException {@link ObjectFault#MISPLACED} outside of the object's turn, {@link
     *     ObjectFault#READ_ONLY} in a call that only reads
     */
    void send(Frame frame);

    /**
     * Waits until half of the room for what is on its way is free, or the socket is closed. Only
     * inside {@link ObjectContext#outside}: others have their turn meanwhile.
     *
     * @return false when it is closed
     * @throws InterruptedException when the call is given up
     */
    boolean awaitRoom() throws InterruptedException;

    /**
     * Closes it, after everything sent before.
     *
     * @param code 1000, or 3000 to 4999
     * @param reason for the client, at most 123 bytes of UTF-8
     * @throws ObjectException {@link ObjectFault#BAD_CLOSE}
     */
    void close(int code, String reason);

    /**
     * What was attached to it.
     *
     * @param type what it is
     * @param <T> what it is
     * @return the value, if there is one
     */
    <T> Optional<T> attachment(Type<T> type);

    /**
     * Attaches a value, in place of the one before: kept while the object sleeps, gone when the
     * socket is closed. It counts at once, and stays when the call fails.
     *
     * @param type what it is
     * @param value the value; encoded now
     * @param <T> what it is
     * @throws ObjectException {@link ObjectFault#ATTACHMENT_TOO_LARGE}, {@link
     *     ObjectFault#NOT_STORABLE}
     */
    <T> void attach(Type<T> type, T value);
}
