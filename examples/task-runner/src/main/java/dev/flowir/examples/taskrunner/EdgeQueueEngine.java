package dev.flowir.examples.taskrunner;

import dev.flowir.examples.taskrunner.Messages.Claimed;
import dev.flowir.examples.taskrunner.Messages.Worked;
import dev.flowir.ir.Node;
import dev.flowir.wasm.EdgeBindings;
import dev.flowir.wasm.EdgeConsumer;
import dev.flowir.wasm.EdgeRoutes;
import java.time.Duration;

/**
 * A queue with its dead letters.
 *
 * @param consumer how messages are taken; dead letters come by the same batches
 */
record EdgeQueueEngine(EdgeConsumer consumer) implements EdgeEngine {

    /** As a deployment takes messages. */
    static final EdgeQueueEngine DEPLOYED =
            new EdgeQueueEngine(
                    EdgeConsumer.DEFAULT
                            .batches(10, Duration.ofSeconds(5))
                            .retries(Steps.RETRIES, Duration.ofSeconds(1)));

    private static final String DEAD_LETTERS = "task-runner-dlq-dev";

    /** Burying is tried so often, so long after each other. */
    private static final int BURY_RETRIES = 100;

    private static final Duration BURY_DELAY = Duration.ofSeconds(30);

    @Override
    public Node<Claimed, Worked> work() {
        return Steps.WORK;
    }

    @Override
    public EdgeRoutes on(EdgeRoutes routes, EdgeStoredTasks<?, ?> flows) {
        return routes.bind(EdgeBindings.queue(QUEUE, "TASK_QUEUE", QUEUE))
                .queue(QUEUE, flows.process(Steps::process), consumer.deadLetters(DEAD_LETTERS))
                .queue(DEAD_LETTERS, flows.undertake(), consumer.retries(BURY_RETRIES, BURY_DELAY));
    }
}
