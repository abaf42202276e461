package dev.flowir.examples.taskrunner;

import dev.flowir.examples.taskrunner.Messages.Claim;
import dev.flowir.examples.taskrunner.Messages.Claimed;
import dev.flowir.examples.taskrunner.Messages.Handled;
import dev.flowir.examples.taskrunner.Messages.TaskMessage;
import dev.flowir.examples.taskrunner.Messages.Worked;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;

/**
 * How a release puts the nodes of processing together; what they do is the store's. A release that
 * changes it keeps the shape before it for as long as runs of that one may be under way.
 */
@FunctionalInterface
interface Shape {

    /** The flow {@code task-process} of a release. */
    Flow<TaskMessage, Handled> of(
            Node<TaskMessage, Claim> claim,
            Node<Claimed, Worked> work,
            Node<Worked, Handled> finish);
}
