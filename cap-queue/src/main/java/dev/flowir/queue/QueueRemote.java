package dev.flowir.queue;

import java.util.List;

/**
 * A queue that something else keeps, such as a platform or a server. Messages come checked; what is
 * refused there in spite of that is thrown as {@link QueueException}.
 */
@FunctionalInterface
public interface QueueRemote {

    /**
     * Sends all or none; returns when they are kept.
     *
     * @param messages one or more, each with its delay where one was asked for
     * @return ids, empty where the other side does not tell them, and the backlog, negative where
     *     it is not told
     */
    Sent send(List<Outgoing> messages);
}
