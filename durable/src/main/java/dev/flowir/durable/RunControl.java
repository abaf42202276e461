package dev.flowir.durable;

import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.RunState;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the runs of a journal and steers them, whatever flows they run: for those who operate an
 * application. Safe for many threads.
 */
public interface RunControl {

    // ---- looking

    /**
     * {@return the run called {@code id}; empty when there is none, or none any more}
     *
     * @param id the run
     */
    Optional<RunView> find(String id);

    /**
     * Runs in the order in which they were made.
     *
     * @param states their states
     * @param limit how many at most
     * @return the runs
     */
    List<RunView> list(List<RunState> states, int limit);

    /**
     * What was recorded of a run, first to last.
     *
     * @param id the run
     * @return its records
     * @throws JournalException {@link JournalFault#NOT_FOUND}, {@link JournalFault#NOT_LOADED}, or
     *     {@link JournalFault#DAMAGED} with the number of the record
     */
    List<HistoryEvent> history(String id);

    /**
     * What was recorded of a run as text, to be kept and replayed by {@link HistoryFile#replay}.
     *
     * @param id the run
     * @return the text
     * @throws JournalException as {@link #history} does
     */
    String export(String id);

    /**
     * What a run does now, as of its last record. Looks and changes nothing: bodies that only
     * compute are run, nothing is recorded.
     *
     * @param id the run
     * @return what it waits for, works on and has undone
     * @throws JournalException as {@link #history} does
     */
    RunInspection inspect(String id);

    // ---- steering

    /**
     * Does what somebody asks who has neither the code nor the types of the flow.
     *
     * @param request what is asked
     * @return the run as it stands then
     * @throws JournalException as the method that the request is named after does; {@link
     *     JournalFault#INVALID} too when a payload in JSON is not what its node waits for
     */
    RunView ask(RunRequest request);

    /**
     * Sends a signal to a run, which keeps it until a node asks for it. Returns when it is
     * recorded.
     *
     * @param id the run
     * @param name name of the signal
     * @param payload what it carries
     * @throws JournalException {@link JournalFault#NOT_FOUND}, {@link JournalFault#WRONG_STATE}
     *     when the run is over, {@link JournalFault#FULL} when too many signals wait in it, {@link
     *     JournalFault#INVALID} when the payload is not what its nodes wait for
     */
    void signal(String id, String name, Object payload);

    /**
     * As {@link #signal(String, String, Object)}, for a node that waits for a signal with a key.
     *
     * @param id the run
     * @param name name of the signal
     * @param key what it is about, 1 to 256 characters
     * @param payload what it carries
     * @throws JournalException as for a signal without a key
     */
    void signal(String id, String name, String key, Object payload);

    /**
     * Answers a node that waits for a person. The first answer counts; it, who gave it and when are
     * in the history.
     *
     * @param id the run
     * @param node alias of the node
     * @param answer one of the answers that it takes
     * @param by who answers, 1 to 256 characters; written down, not checked
     * @throws JournalException {@link JournalFault#NOT_FOUND}, {@link JournalFault#WRONG_STATE}
     *     when the run is over, {@link JournalFault#INVALID} when the node takes no such answer,
     *     {@link JournalFault#NOT_ASKED} when it does not wait: not yet, its time is over, or it
     *     was answered, which the message says
     */
    void answer(String id, String node, Enum<?> answer, String by);

    /**
     * Stops a run's clock: steps under way finish and are recorded, nothing new begins. Does
     * nothing when it is paused.
     *
     * @param id the run
     * @throws JournalException {@link JournalFault#NOT_FOUND} or {@link JournalFault#WRONG_STATE}
     */
    void pause(String id);

    /**
     * Lets a paused run go on, with its timers as much later as it stood still; and a parked one,
     * when the code that it needs is loaded again.
     *
     * @param id the run
     * @throws JournalException {@link JournalFault#NOT_FOUND} or {@link JournalFault#WRONG_STATE};
     *     for a parked run, why it still cannot go on
     */
    void resume(String id);

    /**
     * Ends a run: steps under way are interrupted, and what they still do is refused where the
     * capability can.
     *
     * @param id the run
     * @param reason by whom or why
     * @throws JournalException {@link JournalFault#NOT_FOUND} or {@link JournalFault#WRONG_STATE}
     */
    void terminate(String id, String reason);

    /**
     * Ends a run as {@link #terminate} does, and then undoes what it did: nodes that it began and
     * that say what undoes them, the last one first. While it does, {@link #terminate} ends that
     * too.
     *
     * @param id the run
     * @param reason by whom or why
     * @throws JournalException {@link JournalFault#NOT_FOUND} or {@link JournalFault#WRONG_STATE}
     */
    void terminateAndUndo(String id, String reason);

    /**
     * Begins a run anew with the input that it had, over or not: nothing that was recorded counts
     * any more, and its steps get other idempotency keys.
     *
     * @param id the run
     * @throws JournalException {@link JournalFault#NOT_FOUND} or {@link JournalFault#NOT_LOADED}
     */
    void restart(String id);

    /**
     * Begins a run anew from a node: what was recorded before the node's first result is kept,
     * everything after it happens again.
     *
     * @param id the run
     * @param node alias of the node
     * @throws JournalException {@link JournalFault#NOT_FOUND}, {@link JournalFault#NOT_LOADED}, or
     *     {@link JournalFault#WRONG_STATE} when the node has no result
     */
    void restartFrom(String id, String node);

    /**
     * Begins another run with what was recorded of this one before the node's first result; this
     * one goes on, or stays over. Steps of the new run get idempotency keys of their own.
     *
     * @param id the run
     * @param node alias of the node
     * @param newId id of the new run
     * @return the new run
     * @throws JournalException {@link JournalFault#NOT_FOUND}, {@link JournalFault#NOT_LOADED},
     *     {@link JournalFault#ALREADY_EXISTS}, or {@link JournalFault#WRONG_STATE} when the node
     *     has no result
     */
    RunView fork(String id, String node, String newId);
}
