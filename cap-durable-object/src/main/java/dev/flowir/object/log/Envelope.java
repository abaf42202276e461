package dev.flowir.object.log;

import java.time.Instant;
import java.util.Optional;

/**
 * An event as it is in the log.
 *
 * @param eventId unique in the log
 * @param version its place in the log: 1, 2, 3 without a gap
 * @param timestamp when it was appended, in whole milliseconds; never before that of the one before
 * @param type what happened
 * @param payload what is known about it
 * @param requestId the request that brought it
 * @param operationId the work that it is part of
 * @param clientActionId what a client called its own doing
 * @param <E> type of the payload
 */
public record Envelope<E>(
        String eventId,
        long version,
        Instant timestamp,
        String type,
        E payload,
        Optional<String> requestId,
        Optional<String> operationId,
        Optional<String> clientActionId) {}
