package dev.flowir.queue;

import java.util.UUID;

/**
 * A request to put dead letters back into the queues they came from, with new attempts. It is about
 * the letters that are there when its token is first used, and none that come later.
 *
 * @param filter which letters
 * @param perSecond how many become visible in a second at most
 * @param mode whether to move, or only to say what would
 * @param token the same token moves no letter twice: repeating a request that moved all moves
 *     nothing, repeating one that was cut short moves the rest
 */
public record Redrive(MessageFilter filter, int perSecond, Mode mode, String token) {

    /** Whether to move. */
    public enum Mode {
        /** Moves. */
        MOVE,
        /** Only says what would be moved. */
        DRY_RUN
    }

    /**
     * Moves what the filter means, at most 10 in a second, under a token of its own.
     *
     * @param filter which letters
     * @return the request
     */
    public static Redrive of(MessageFilter filter) {
        return new Redrive(filter, 10, Mode.MOVE, UUID.randomUUID().toString());
    }

    /**
     * The same at another rate.
     *
     * @param letters how many become visible in a second at most
     * @return the request
     */
    public Redrive perSecond(int letters) {
        return new Redrive(filter, letters, mode, token);
    }

    /**
     * The same under a token.
     *
     * @param newToken not empty
     * @return the request
     */
    public Redrive token(String newToken) {
        return new Redrive(filter, perSecond, mode, newToken);
    }

    /**
     * The same, only saying what would be moved.
     *
     * @return the request
     */
    public Redrive dryRun() {
        return new Redrive(filter, perSecond, Mode.DRY_RUN, token);
    }
}
