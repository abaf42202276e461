package dev.flowir.object.log;

import dev.flowir.ir.JsonValue;
import dev.flowir.object.ObjectId;
import java.time.Instant;
import java.util.List;

/**
 * What may be seen of a log; for nodes that read.
 *
 * @param <S> type of the state
 * @param <E> type of the payloads
 */
public interface LogView<S, E> {

    /** {@return which object} */
    ObjectId id();

    /** {@return the time of the space} */
    Instant now();

    /** {@return how many events were ever appended} */
    long version();

    /** {@return the state after all of them} */
    S state();

    /** {@return the state and its version} */
    LogSnapshot<S> snapshot();

    /**
     * Events after a version, in order, of those that are still here.
     *
     * @param version 0 for the first event
     * @param most how many, 500 at most
     * @return them
     */
    List<Envelope<E>> events(long version, int most);

    /**
     * What somebody needs who knows the state at a version: the events after it, or the whole state
     * when they are too many, are in the archive, or the version is not of this log.
     *
     * @param version what is known
     * @param most events at most
     * @return events without a gap, or one state
     */
    List<Frame<S, E>> since(long version, int most);

    /**
     * An event as it is stored and sent: members {@code event_id}, {@code version}, {@code
     * timestamp}, {@code type}, {@code payload}, and {@code request_id}, {@code operation_id},
     * {@code client_action_id} where it has them.
     *
     * @param event the event
     * @return its JSON
     */
    JsonValue json(Envelope<E> event);
}
