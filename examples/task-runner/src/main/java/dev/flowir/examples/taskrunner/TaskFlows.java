package dev.flowir.examples.taskrunner;

import dev.flowir.examples.taskrunner.Messages.Accepted;
import dev.flowir.examples.taskrunner.Messages.Handled;
import dev.flowir.examples.taskrunner.Messages.Letter;
import dev.flowir.examples.taskrunner.Messages.Letters;
import dev.flowir.examples.taskrunner.Messages.Lookup;
import dev.flowir.examples.taskrunner.Messages.Nothing;
import dev.flowir.examples.taskrunner.Messages.Redriven;
import dev.flowir.examples.taskrunner.Messages.Sweep;
import dev.flowir.examples.taskrunner.Messages.Swept;
import dev.flowir.examples.taskrunner.Messages.TaskMessage;
import dev.flowir.examples.taskrunner.Messages.TaskRef;
import dev.flowir.ir.Flow;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.JsonValue;
import java.util.List;

/** The flows of a task runner, the same for every store; the nodes inside differ. */
interface TaskFlows {

    /** Accepts a task: on disk and in the queue before it is answered. */
    Flow<JsonValue, Accepted> create();

    /** Looks a task up. */
    Flow<TaskRef, Lookup> read();

    /** Works on a task that was accepted. */
    Flow<TaskMessage, Handled> process(Shape shape);

    /** Marks a task failed whose message was given up, and keeps the letter. */
    Flow<Letter, Handled> bury();

    /** Lists dead letters. */
    Flow<Nothing, Letters> letters();

    /** Sends the task of a dead letter through the queue again. */
    Flow<TaskRef, Redriven> redrive();

    /** Tells status changes, first those of recent tasks. */
    Flow<Nothing, ItemStream<TaskFeed.Change>> events();

    /** Removes what expired. */
    Flow<Sweep, Swept> sweep();

    /**
     * Repairs at start what a crash may have left between two steps that cannot commit together.
     */
    Flow<Nothing, Swept> recover();

    /** All of them, for a check before the first request. */
    default List<Flow<?, ?>> all() {
        return List.of(
                create(),
                read(),
                process(Steps::process),
                bury(),
                letters(),
                redrive(),
                events(),
                sweep(),
                recover());
    }
}
