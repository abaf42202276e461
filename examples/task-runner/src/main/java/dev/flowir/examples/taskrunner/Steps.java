package dev.flowir.examples.taskrunner;

import static dev.flowir.ir.NodeOption.retry;

import dev.flowir.examples.taskrunner.Messages.Claimed;
import dev.flowir.examples.taskrunner.Messages.Handled;
import dev.flowir.examples.taskrunner.Messages.Over;
import dev.flowir.examples.taskrunner.Messages.Sweep;
import dev.flowir.examples.taskrunner.Messages.Swept;
import dev.flowir.examples.taskrunner.Messages.TaskMessage;
import dev.flowir.examples.taskrunner.Messages.Worked;
import dev.flowir.ir.Backoff;
import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Emitter;
import dev.flowir.ir.Flow;
import dev.flowir.ir.FlowIds;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.ir.json.JsonText;
import dev.flowir.queue.Body;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the flows of every store share. */
final class Steps {

    static final String VERSION = "1.0.0";

    static final Codec<TaskMessage> MESSAGE = JsonCodecs.strict().of(Type.of(TaskMessage.class));

    private static final Codec<JsonValue> JSON = JsonCodecs.strict().of(Type.of(JsonValue.class));

    /** The work itself: {@code {"work":"poison"}} always fails, everything else succeeds. */
    static final Node<Claimed, Worked> WORK =
            Node.pure("work", Claimed.class, Worked.class, Steps::work);

    /** A message with nothing left to do. */
    static final Node<Over, Handled> SKIP =
            Node.pure("skip", Over.class, Handled.class, over -> new Handled(over.taskId()));

    private Steps() {}

    /** Repeats of the work in a run: 50, 100, 200, 400 and 800 ms after it failed. */
    static final int RETRIES = 5;

    private static final Backoff BACKOFF =
            Backoff.exponential(Duration.ofMillis(50)).atMost(Duration.ofSeconds(1));

    /**
     * The work as an engine needs it: a queue repeats by itself, a run is told to. How often is
     * part of a run's definition and so of the release, not of its settings: a restart with other
     * settings strands no run.
     */
    static Node<Claimed, Worked> work(Settings settings) {
        return switch (settings.engine()) {
            case QUEUE -> WORK;
            case WORKFLOW -> repeated();
        };
    }

    /** The work as a run has it. */
    static Node<Claimed, Worked> repeated() {
        return WORK.with(retry(RETRIES, BACKOFF));
    }

    /** A sweep of a store where tasks go by themselves. */
    static Flow<Sweep, Swept> nothingToSweep() {
        Node<Sweep, Swept> nothing =
                Node.pure("nothing", Sweep.class, Swept.class, request -> new Swept(0));
        return Flow.define(
                "task-sweep", VERSION, Sweep.class, (g, request) -> g.then(request, nothing));
    }

    /** The shape of processing: claim, work and finish, or skip. */
    static Flow<TaskMessage, Handled> process(
            Node<TaskMessage, Messages.Claim> claim,
            Node<Claimed, Worked> work,
            Node<Worked, Handled> finish) {
        return Flow.define(
                "task-process",
                VERSION,
                TaskMessage.class,
                (g, message) ->
                        g.choose(g.then(message, claim), Messages.Claim.class, Handled.class)
                                .on(Claimed.class, work, worked -> g.then(worked, finish))
                                .on(Over.class, SKIP)
                                .merge("handled"));
    }

    private static Worked work(Claimed task) throws CodecException {
        JsonValue payload = JSON.decode(task.payload().getBytes(StandardCharsets.UTF_8));
        if (payload instanceof JsonValue.Obj(Map<String, JsonValue> members)
                && JsonValue.text("poison").equals(members.get("work"))) {
            throw new IllegalStateException("this task is poison: it fails every time");
        }
        return new Worked(task.taskId());
    }

    /**
     * The id of a new task, a UUID: the same for each attempt at one request, so that a retry makes
     * no second task.
     */
    static String newTaskId(NodeContext context) {
        return FlowIds.flowId(context.idempotencyKey(), VERSION);
    }

    static String text(JsonValue payload) {
        return JsonText.compact(payload);
    }

    static Body body(String taskId, String payload) throws CodecException {
        return Body.of(new TaskMessage(taskId, payload), MESSAGE);
    }

    /**
     * The same with the number of the time that the task goes.
     *
     * @param drive from 1 on
     */
    static Body body(String taskId, String payload, long drive) throws CodecException {
        return drive == 1
                ? body(taskId, payload)
                : Body.of(
                        new TaskMessage(taskId, payload, Optional.of(Math.toIntExact(drive))),
                        MESSAGE);
    }

    /**
     * Tells what is, then what changes. A change that the list already shows is left out.
     *
     * @param recent tasks as the store has them, read after {@code watcher} began to watch
     */
    static void tell(TaskFeed.Watcher watcher, Recent recent, Emitter<TaskFeed.Change> out)
            throws Exception {
        Map<String, Task.Status> shown = snapshot(recent, out);
        int overlap = watcher.waiting();
        for (; ; ) {
            switch (watcher.next()) {
                case TaskFeed.Watcher.Missed missed -> {
                    shown = snapshot(recent, out);
                    overlap = watcher.waiting();
                }
                case TaskFeed.Watcher.Changed(TaskFeed.Change change) -> {
                    Task.Status status = Task.Status.ofWord(change.status());
                    Task.Status before = overlap > 0 ? shown.get(change.taskId()) : null;
                    overlap--;
                    if (before == null || status.compareTo(before) > 0) {
                        out.emit(change);
                    }
                }
            }
        }
    }

    private static Map<String, Task.Status> snapshot(Recent recent, Emitter<TaskFeed.Change> out)
            throws Exception {
        Map<String, Task.Status> shown = new HashMap<>();
        for (TaskFeed.Change task : recent.read()) {
            shown.put(task.taskId(), Task.Status.ofWord(task.status()));
            out.emit(task);
        }
        return shown;
    }

    /** Reads the tasks that a page begins with, oldest first. */
    @FunctionalInterface
    interface Recent {
        List<TaskFeed.Change> read() throws Exception;
    }
}
