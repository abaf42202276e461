package dev.flowir.examples.taskrunner;

import dev.flowir.examples.taskrunner.EdgeBoard.Numbered;
import dev.flowir.examples.taskrunner.EdgeTask.Moved;
import dev.flowir.examples.taskrunner.EdgeTask.Seen;
import dev.flowir.examples.taskrunner.EdgeTask.Step;
import dev.flowir.examples.taskrunner.Messages.Handled;
import dev.flowir.examples.taskrunner.Messages.Letter;
import dev.flowir.examples.taskrunner.Messages.Nothing;
import dev.flowir.examples.taskrunner.Messages.Sweep;
import dev.flowir.examples.taskrunner.Messages.Swept;
import dev.flowir.examples.taskrunner.Messages.TaskMessage;
import dev.flowir.examples.taskrunner.Task.Status;
import dev.flowir.ir.Emitter;
import dev.flowir.ir.Flow;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeContext;
import dev.flowir.object.DurableObjects;
import dev.flowir.object.ObjectReader;
import dev.flowir.object.ObjectRef;
import dev.flowir.object.ObjectViewRef;
import dev.flowir.object.ObjectWriter;
import dev.flowir.queue.QueueException;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.Queues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * An object for each task at the edge, and one for the lists. The task is changed first, the list
 * told second, the message sent last; {@link #recover()} sends what nobody claimed for too long.
 */
final class EdgeObjectTasks extends StoredTasks<ObjectReader, ObjectWriter> {

    private static final String BOARD = "board";

    private static final int MOST_ID = 64;

    EdgeObjectTasks(String objects, String queue, LongSupplier epochSeconds) {
        super(
                Steps.WORK,
                epochSeconds,
                DurableObjects.reader(objects),
                DurableObjects.writer(objects),
                Queues.publisher(queue));
    }

    private static ObjectRef<EdgeTask> task(ObjectWriter objects, String taskId) {
        return objects.of(EdgeTask.CLASS).named(taskId);
    }

    private static ObjectRef<EdgeBoard> board(ObjectWriter objects) {
        return objects.of(EdgeBoard.CLASS).named(BOARD);
    }

    private static void tell(ObjectWriter objects, String taskId, Status status) {
        board(objects).call(EdgeBoard.TELL, new TaskFeed.Change(taskId, status.word()));
    }

    @Override
    void create(ObjectWriter objects, QueueSender sender, Task fresh) throws Exception {
        String taskId = fresh.taskId();
        if (!task(objects, taskId).call(EdgeTask.CREATE, fresh)) {
            return;
        }
        tell(objects, taskId, Status.PENDING);
        try {
            sender.send(Steps.body(taskId, fresh.payload()));
        } catch (QueueException refused) {
            // nobody was told of it; a message that was stored all the same finds no task
            task(objects, taskId).call(EdgeTask.FORGET, "");
            board(objects).call(EdgeBoard.FORGET, taskId);
            throw refused;
        }
    }

    @Override
    Optional<Status> status(ObjectReader objects, String taskId) {
        Seen seen = seen(objects, taskId);
        return seen.status().isEmpty()
                ? Optional.empty()
                : Optional.of(Status.ofWord(seen.status()));
    }

    /** Ids that are longer than ours are unknown ids. */
    private static Seen seen(ObjectReader objects, String taskId) {
        return taskId.isEmpty() || taskId.length() > MOST_ID
                ? new Seen("", "", 0)
                : objects.of(EdgeTask.VIEW).named(taskId).ask(EdgeTask.SEE, "");
    }

    @Override
    boolean move(ObjectWriter objects, String taskId, Status to, List<Status> from) {
        Moved moved = task(objects, taskId).call(EdgeTask.MOVE, new Step(to, from));
        if (moved == Moved.YES) {
            tell(objects, taskId, to);
        }
        return moved != Moved.NO;
    }

    @Override
    void bury(ObjectWriter objects, Letter letter, List<Status> open) {
        if (task(objects, letter.taskId()).call(EdgeTask.BURY, letter)) {
            tell(objects, letter.taskId(), Status.FAILED);
        }
    }

    /**
     * Buries a task whose message came out of the dead-letter queue. The queue does not say how
     * often it was delivered, so each claim of the task was counted.
     */
    Flow<TaskMessage, Handled> undertake() {
        Node<TaskMessage, Letter> letter =
                Node.reads(
                        "letter",
                        TaskMessage.class,
                        Letter.class,
                        reader(),
                        (objects, dead, context) ->
                                new Letter(
                                        dead.taskId(),
                                        dead.payload(),
                                        (int) seen(objects, dead.taskId()).deliveries(),
                                        D1Tasks.LAST_ERROR));
        return Flow.define(
                "task-undertake",
                Steps.VERSION,
                TaskMessage.class,
                (g, dead) -> g.then(g.then(dead, letter), burying()));
    }

    @Override
    List<Letter> letters(ObjectReader objects) {
        List<Letter> letters = new ArrayList<>();
        for (String taskId : lists(objects).ask(EdgeBoard.BURIED, "").taskIds()) {
            letters.addAll(
                    objects.of(EdgeTask.VIEW).named(taskId).ask(EdgeTask.LETTERS, "").letters());
        }
        return letters;
    }

    private static ObjectViewRef<EdgeBoardView> lists(ObjectReader objects) {
        return objects.of(EdgeBoard.VIEW).named(BOARD);
    }

    /** What a crash leaves before the message is pending, and sent later. */
    @Override
    boolean redrive(ObjectWriter objects, QueueSender sender, String taskId) throws Exception {
        Seen before = seen(objects, taskId);
        if (before.status().isEmpty() || !task(objects, taskId).call(EdgeTask.REDRIVE, "")) {
            return false;
        }
        tell(objects, taskId, Status.PENDING);
        sender.send(Steps.body(taskId, before.payload()));
        return true;
    }

    @Override
    public Flow<Nothing, ItemStream<TaskFeed.Change>> events() {
        Node<Nothing, ItemStream<TaskFeed.Change>> watch =
                Node.streams("watch", Nothing.class, TaskFeed.Change.class, reader(), this::watch);
        return Flow.define(
                "task-events", Steps.VERSION, Nothing.class, (g, none) -> g.then(none, watch));
    }

    /** Ends before it would be ended; a browser then comes again by itself. */
    private void watch(
            ObjectReader objects,
            Nothing nothing,
            Emitter<TaskFeed.Change> out,
            NodeContext context)
            throws Exception {
        long seen = 0;
        List<Numbered> next = lists(objects).ask(EdgeBoard.RECENT, "").changes();
        while (true) {
            for (Numbered change : next) {
                seen = change.seq();
                out.emit(new TaskFeed.Change(change.taskId(), change.status()));
            }
            if (context.remainingNanos().orElse(Long.MAX_VALUE) <= D1Tasks.END_NANOS) {
                return;
            }
            Thread.sleep(D1Tasks.LOOK_MILLIS);
            next = lists(objects).ask(EdgeBoard.SINCE, seen).changes();
        }
    }

    /** Each object removes itself by its alarm. */
    @Override
    public Flow<Sweep, Swept> sweep() {
        return Steps.nothingToSweep();
    }

    /** Sends tasks that nobody claimed for {@value D1Tasks#UNCLAIMED_SECONDS} seconds once more. */
    @Override
    public Flow<Nothing, Swept> recover() {
        return resending(this::resend);
    }

    private long resend(ObjectWriter objects, QueueSender sender) throws Exception {
        long sent = 0;
        long before = now() - D1Tasks.UNCLAIMED_SECONDS;
        for (String taskId : lists(objects).ask(EdgeBoard.UNCLAIMED, before).taskIds()) {
            Seen task = seen(objects, taskId);
            if (task.status().equals(Status.PENDING.word())) {
                sender.send(Steps.body(taskId, task.payload()));
                board(objects).call(EdgeBoard.SENT, taskId);
                sent++;
            } else {
                board(objects).call(EdgeBoard.CLAIMED, taskId);
            }
        }
        return sent;
    }
}
