package dev.flowir.object.log;

import java.util.Optional;

/**
 * An event that is to be appended. Words are 1 to 128 characters of {@code A-Za-z0-9_.:-}, as long
 * as the request ids that a host takes.
 *
 * @param eventId the same when it is sent again; made when it is empty
 * @param type what happened, such as {@code user.message}
 * @param payload what is to be known about it
 * @param requestId the request that brought it
 * @param operationId the work that it is part of, such as one answer of a model
 * @param clientActionId what a client calls its own doing, to know it again
 * @param <E> type of the payload
 */
public record NewEvent<E>(
        Optional<String> eventId,
        String type,
        E payload,
        Optional<String> requestId,
        Optional<String> operationId,
        Optional<String> clientActionId) {

    /** Refuses words that are none with {@link LogFault#BAD_EVENT}. */
    public NewEvent {
        Words.check("type", type);
        eventId.ifPresent(id -> Words.check("event_id", id));
        requestId.ifPresent(id -> Words.check("request_id", id));
        operationId.ifPresent(id -> Words.check("operation_id", id));
        clientActionId.ifPresent(id -> Words.check("client_action_id", id));
    }

    /**
     * An event without any ids.
     *
     * @param type what happened
     * @param payload what is to be known about it
     * @param <E> type of the payload
     * @return the event
     */
    public static <E> NewEvent<E> of(String type, E payload) {
        return new NewEvent<>(
                Optional.empty(),
                type,
                payload,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * The event under an id of the sender.
     *
     * @param id the same when it is sent again
     * @return the same but for this
     */
    public NewEvent<E> withEventId(String id) {
        return new NewEvent<>(
                Optional.of(id), type, payload, requestId, operationId, clientActionId);
    }

    /**
     * The event as part of a request.
     *
     * @param id the request
     * @return the same but for this
     */
    public NewEvent<E> withRequestId(String id) {
        return new NewEvent<>(eventId, type, payload, Optional.of(id), operationId, clientActionId);
    }

    /**
     * The event as part of some work.
     *
     * @param id the work
     * @return the same but for this
     */
    public NewEvent<E> withOperationId(String id) {
        return new NewEvent<>(eventId, type, payload, requestId, Optional.of(id), clientActionId);
    }

    /**
     * The event as the doing of a client.
     *
     * @param id what the client calls it
     * @return the same but for this
     */
    public NewEvent<E> withClientActionId(String id) {
        return new NewEvent<>(eventId, type, payload, requestId, operationId, Optional.of(id));
    }
}
