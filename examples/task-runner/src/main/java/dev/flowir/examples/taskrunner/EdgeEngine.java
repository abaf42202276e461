package dev.flowir.examples.taskrunner;

import dev.flowir.examples.taskrunner.Messages.Claimed;
import dev.flowir.examples.taskrunner.Messages.Worked;
import dev.flowir.ir.Node;
import dev.flowir.wasm.EdgeRoutes;

/** What works on tasks at the edge. */
interface EdgeEngine {

    /** Name of what flows send tasks to. */
    String QUEUE = "task-runner-queue-dev";

    /** The work as this engine needs it. */
    Node<Claimed, Worked> work();

    /** Has it work on what flows send. */
    EdgeRoutes on(EdgeRoutes routes, EdgeStoredTasks<?, ?> flows);
}
