package dev.flowir.object.log;

/**
 * What became of an event.
 *
 * @param <E> type of the payload
 */
public sealed interface Appended<E> {

    /** {@return its id, or that of the event which was there already} */
    String eventId();

    /** {@return its place in the log, or that of the event which was there already} */
    long version();

    /**
     * It is in the log.
     *
     * @param event as it is there
     * @param <E> type of the payload
     */
    record Accepted<E>(Envelope<E> event) implements Appended<E> {

        @Override
        public String eventId() {
            return event.eventId();
        }

        @Override
        public long version() {
            return event.version();
        }
    }

    /**
     * It was there already, and nothing changed.
     *
     * @param eventId id of the event that was there
     * @param version its place in the log
     * @param by how it was known again
     * @param <E> type of the payload
     */
    record Known<E>(String eventId, long version, By by) implements Appended<E> {}

    /** How an event is known again. */
    enum By {
        /** By its {@code event_id}. */
        EVENT_ID,
        /** By its {@code client_action_id}. */
        CLIENT_ACTION_ID
    }
}
