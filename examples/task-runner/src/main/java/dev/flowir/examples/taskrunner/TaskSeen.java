package dev.flowir.examples.taskrunner;

import dev.flowir.examples.taskrunner.Messages.Letter;
import java.util.Optional;

/** What may be asked of a task without writing. */
interface TaskSeen {

    /** The task; empty when there is none, or its time is over. */
    Optional<Task> task();

    /** Why it was given up, while it is. */
    Optional<Letter> letter();
}
