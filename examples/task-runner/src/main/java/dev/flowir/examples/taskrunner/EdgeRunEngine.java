package dev.flowir.examples.taskrunner;

import dev.flowir.examples.taskrunner.Messages.Claimed;
import dev.flowir.examples.taskrunner.Messages.Handled;
import dev.flowir.examples.taskrunner.Messages.Letter;
import dev.flowir.examples.taskrunner.Messages.TaskMessage;
import dev.flowir.examples.taskrunner.Messages.Worked;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.wasm.EdgeRoutes;

/**
 * Each task is a durable run that has the task's id. One that is redriven gets a further run,
 * {@code <taskId>-2} and so on; the run that buries a failed one is {@code <run>-failed}.
 */
record EdgeRunEngine() implements EdgeEngine {

    @Override
    public Node<Claimed, Worked> work() {
        return Steps.repeated();
    }

    @Override
    public EdgeRoutes on(EdgeRoutes routes, EdgeStoredTasks<?, ?> flows) {
        Flow<TaskMessage, Handled> process = flows.process(Steps::process);
        Flow<Letter, Handled> bury = flows.bury();
        return routes.begins(QUEUE, process, EdgeRunEngine::run)
                .afterFailure(process, bury, EdgeRunEngine::letter)
                .keeps(process, Settings.TIME_TO_LIVE)
                .keeps(bury, Settings.TIME_TO_LIVE)
                .states("/runs", process);
    }

    private static String run(TaskMessage task) {
        return task.drive().isPresent() ? task.taskId() + "-" + task.drive().get() : task.taskId();
    }

    private static Letter letter(String run, TaskMessage task, String why) {
        return new Letter(task.taskId(), task.payload(), Steps.RETRIES + 1, why);
    }
}
