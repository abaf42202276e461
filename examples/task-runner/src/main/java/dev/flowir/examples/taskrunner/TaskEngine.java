package dev.flowir.examples.taskrunner;

import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.CapabilityProvider;

/** What has tasks processed once they were accepted. */
sealed interface TaskEngine extends AutoCloseable permits QueueEngine, WorkflowEngine {

    /** Where the flows that accept and redrive tasks send them, bound as the queue of tasks. */
    CapabilityProvider inlet();

    /** Begins to process; what was accepted before goes on. */
    void start(Runtime runtime);

    /** Takes nothing more and waits for what is being worked on. */
    @Override
    void close();
}
