package dev.flowir.object;

import dev.flowir.kernel.cap.LimitProfile;
import java.util.Optional;

/**
 * How the sockets of a class behave.
 *
 * @param limits the numbers they keep to
 * @param slow what becomes of slow clients; disconnected by default
 * @param answer a text that is answered without waking the object
 */
public record SocketOptions(SocketLimits limits, SlowClient slow, Optional<Answer> answer) {

    /**
     * A text and what it is answered with, such as a ping.
     *
     * @param to what a client sends
     * @param with what it gets
     */
    public record Answer(String to, String with) {}

    /**
     * Refuses an answer that is too long.
     *
     * @throws ObjectException {@link ObjectFault#BAD_AUTO_RESPONSE}
     */
    public SocketOptions {
        int most = limits.maxAnswerChars();
        if (answer.isPresent()
                && (answer.get().to().length() > most || answer.get().with().length() > most)) {
            throw new ObjectException(
                    ObjectFault.BAD_AUTO_RESPONSE,
                    "a text that is answered without waking the object, and its answer, have at"
                            + " most "
                            + most
                            + " characters");
        }
    }

    /** {@return the numbers of Cloudflare, slow clients disconnected, nothing answered} */
    public static SocketOptions defaults() {
        return new SocketOptions(
                SocketLimits.of(LimitProfile.CLOUDFLARE_PROD),
                SlowClient.DISCONNECT,
                Optional.empty());
    }

    /**
     * Other limits.
     *
     * @param newLimits the numbers to keep to
     * @return the same but for this
     */
    public SocketOptions with(SocketLimits newLimits) {
        return new SocketOptions(newLimits, slow, answer);
    }

    /**
     * Another way with slow clients.
     *
     * @param newSlow what becomes of them
     * @return the same but for this
     */
    public SocketOptions with(SlowClient newSlow) {
        return new SocketOptions(limits, newSlow, answer);
    }

    /**
     * Answers a text without waking the object.
     *
     * @param to what a client sends
     * @param with what it gets
     * @return the same but for this
     */
    public SocketOptions answering(String to, String with) {
        return new SocketOptions(limits, slow, Optional.of(new Answer(to, with)));
    }
}
