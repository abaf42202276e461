package dev.flowir.durable;

import dev.flowir.ir.JsonValue;
import java.util.Optional;

/**
 * Something that is asked of one run, by somebody who has neither its code nor its types: the
 * command line, or a page for operators. {@link DurableRuntime#ask} does it; {@link Steering} takes
 * it to the runtime of another process.
 */
public sealed interface RunRequest {

    /** {@return id of the run} */
    String run();

    /**
     * As {@link DurableRuntime#pause}.
     *
     * @param run the run
     */
    record Pause(String run) implements RunRequest {}

    /**
     * As {@link DurableRuntime#resume}.
     *
     * @param run the run
     */
    record Resume(String run) implements RunRequest {}

    /**
     * As {@link DurableRuntime#terminate}.
     *
     * @param run the run
     * @param reason by whom or why
     */
    record Terminate(String run, String reason) implements RunRequest {}

    /**
     * As {@link DurableRuntime#terminateAndUndo}.
     *
     * @param run the run
     * @param reason by whom or why
     */
    record TerminateAndUndo(String run, String reason) implements RunRequest {}

    /**
     * As {@link DurableRuntime#restart}.
     *
     * @param run the run
     */
    record Restart(String run) implements RunRequest {}

    /**
     * As {@link DurableRuntime#restartFrom}.
     *
     * @param run the run
     * @param node alias of the node
     */
    record RestartFrom(String run, String node) implements RunRequest {}

    /**
     * As {@link DurableRuntime#signal(String, String, Object)}, or with a key.
     *
     * @param run the run
     * @param name name of the signal
     * @param key what it is about; empty for a signal without a key
     * @param payload what it carries, as JSON of the type that the node waits for
     */
    record Signal(String run, String name, Optional<String> key, JsonValue payload)
            implements RunRequest {}

    /**
     * As {@link DurableRuntime#answer}.
     *
     * @param run the run
     * @param node alias of the node
     * @param answer name of the answer
     * @param by who answers
     */
    record Answer(String run, String node, String answer, String by) implements RunRequest {}
}
