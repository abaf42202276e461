package dev.flowir.examples.taskrunner;

import dev.flowir.examples.taskrunner.EdgeTask.Seen;
import dev.flowir.examples.taskrunner.Messages.Letters;

/** What may be asked of a task without writing. */
interface EdgeTaskView {

    /** Where it stands. */
    Seen seen();

    /** Its letter, while it is given up; at most one. */
    Letters letters();
}
