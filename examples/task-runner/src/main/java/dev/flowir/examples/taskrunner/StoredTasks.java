package dev.flowir.examples.taskrunner;

import dev.flowir.examples.taskrunner.Messages.Accepted;
import dev.flowir.examples.taskrunner.Messages.Claim;
import dev.flowir.examples.taskrunner.Messages.Claimed;
import dev.flowir.examples.taskrunner.Messages.Found;
import dev.flowir.examples.taskrunner.Messages.Handled;
import dev.flowir.examples.taskrunner.Messages.Letter;
import dev.flowir.examples.taskrunner.Messages.Letters;
import dev.flowir.examples.taskrunner.Messages.Lookup;
import dev.flowir.examples.taskrunner.Messages.NotFound;
import dev.flowir.examples.taskrunner.Messages.Nothing;
import dev.flowir.examples.taskrunner.Messages.Over;
import dev.flowir.examples.taskrunner.Messages.Redriven;
import dev.flowir.examples.taskrunner.Messages.Swept;
import dev.flowir.examples.taskrunner.Messages.TaskMessage;
import dev.flowir.examples.taskrunner.Messages.TaskRef;
import dev.flowir.examples.taskrunner.Messages.Worked;
import dev.flowir.examples.taskrunner.Task.Status;
import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.ReadToken;
import dev.flowir.ir.WriteToken;
import dev.flowir.queue.QueueSender;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The flows over a store of tasks, which says how each of its nodes works there. Every change names
 * the statuses that it may start from, so that a message that comes twice moves nothing back. Uses
 * only what an edge isolate has, too.
 *
 * @param <R> what reads the store
 * @param <W> what writes it
 */
abstract class StoredTasks<R, W extends R> implements TaskFlows {

    /** Statuses of tasks with something left to do. */
    static final List<Status> OPEN = List.of(Status.PENDING, Status.PROCESSING);

    private final LongSupplier epochSeconds;
    private final Node<Claimed, Worked> work;
    private final ReadToken<R> reader;
    private final WriteToken<W> writer;
    private final WriteToken<QueueSender> queue;

    /**
     * The flows.
     *
     * @param work the work, as whoever runs it needs it
     * @param epochSeconds the time
     */
    StoredTasks(
            Node<Claimed, Worked> work,
            LongSupplier epochSeconds,
            ReadToken<R> reader,
            WriteToken<W> writer,
            WriteToken<QueueSender> queue) {
        this.work = work;
        this.epochSeconds = epochSeconds;
        this.reader = reader;
        this.writer = writer;
        this.queue = queue;
    }

    /** Stores a task and sends its message; a task of this id that is there stays as it is. */
    abstract void create(W store, QueueSender sender, Task fresh) throws Exception;

    /** Where a task stands. Ids that the store cannot have are unknown ids. */
    abstract Optional<Status> status(R store, String taskId) throws Exception;

    /** Moves a task that has one of the statuses; false when it has none of them. */
    abstract boolean move(W store, String taskId, Status to, List<Status> from) throws Exception;

    /** Marks an open task failed and keeps its letter. */
    abstract void bury(W store, Letter letter, List<Status> open) throws Exception;

    /** Dead letters, at most a hundred. */
    abstract List<Letter> letters(R store) throws Exception;

    /** Makes a failed task pending and sends its message; of two at once one does it. */
    abstract boolean redrive(W store, QueueSender sender, String taskId) throws Exception;

    /** What commits with a write, or follows it. */
    WriteToken<QueueSender> queue() {
        return queue;
    }

    WriteToken<W> writer() {
        return writer;
    }

    ReadToken<R> reader() {
        return reader;
    }

    /**
     * The id of a new task, a UUID: the same for each attempt at one request, so that a retry makes
     * no second task.
     */
    String newTaskId(NodeContext context) {
        return Steps.newTaskId(context);
    }

    long now() {
        return epochSeconds.getAsLong();
    }

    @Override
    public Flow<JsonValue, Accepted> create() {
        Node<JsonValue, Accepted> accept =
                Node.effect("accept", JsonValue.class, Accepted.class, writer, queue, this::accept);
        return Flow.define(
                "task-create",
                Steps.VERSION,
                JsonValue.class,
                (g, payload) -> g.then(payload, accept));
    }

    private Accepted accept(W store, QueueSender sender, JsonValue payload, NodeContext context)
            throws Exception {
        String taskId = newTaskId(context);
        long expires = now() + Settings.TIME_TO_LIVE.toMillis() / 1000;
        create(
                store,
                sender,
                new Task(taskId, Status.PENDING, Steps.text(payload), expires, Optional.empty()));
        return new Accepted(taskId, Status.PENDING.word());
    }

    @Override
    public Flow<TaskRef, Lookup> read() {
        Node<TaskRef, Lookup> look =
                Node.reads(
                        "look",
                        TaskRef.class,
                        Lookup.class,
                        reader,
                        (store, ref, context) ->
                                status(store, ref.taskId())
                                        .<Lookup>map(s -> new Found(ref.taskId(), s.word()))
                                        .orElseGet(NotFound::new));
        return Flow.define(
                "task-read", Steps.VERSION, TaskRef.class, (g, ref) -> g.then(ref, look));
    }

    @Override
    public Flow<TaskMessage, Handled> process(Shape shape) {
        Node<TaskMessage, Claim> claim =
                Node.effect(
                        "claim",
                        TaskMessage.class,
                        Claim.class,
                        writer,
                        (store, message, context) ->
                                move(store, message.taskId(), Status.PROCESSING, OPEN)
                                        ? new Claimed(message.taskId(), message.payload())
                                        : new Over(message.taskId()));
        Node<Worked, Handled> finish =
                Node.effect(
                        "finish",
                        Worked.class,
                        Handled.class,
                        writer,
                        (store, done, context) -> {
                            List<Status> from = List.of(Status.PROCESSING);
                            move(store, done.taskId(), Status.COMPLETED, from);
                            return new Handled(done.taskId());
                        });
        return shape.of(claim, work, finish);
    }

    @Override
    public Flow<Letter, Handled> bury() {
        return Flow.define(
                "task-bury", Steps.VERSION, Letter.class, (g, letter) -> g.then(letter, burying()));
    }

    Node<Letter, Handled> burying() {
        return Node.effect(
                "bury",
                Letter.class,
                Handled.class,
                writer,
                (store, letter, context) -> {
                    bury(store, letter, OPEN);
                    return new Handled(letter.taskId());
                });
    }

    @Override
    public Flow<Nothing, Letters> letters() {
        Node<Nothing, Letters> list =
                Node.reads(
                        "list",
                        Nothing.class,
                        Letters.class,
                        reader,
                        (store, nothing, context) -> new Letters(letters(store)));
        return Flow.define(
                "task-letters", Steps.VERSION, Nothing.class, (g, none) -> g.then(none, list));
    }

    @Override
    public Flow<TaskRef, Redriven> redrive() {
        Node<TaskRef, Redriven> again =
                Node.effect(
                        "again",
                        TaskRef.class,
                        Redriven.class,
                        writer,
                        queue,
                        (store, sender, ref, context) ->
                                new Redriven(
                                        ref.taskId(),
                                        redrive(store, sender, ref.taskId()) ? 1 : 0));
        return Flow.define(
                "task-redrive", Steps.VERSION, TaskRef.class, (g, ref) -> g.then(ref, again));
    }

    /**
     * Sends tasks again whose messages may be lost.
     *
     * @param <W> what writes the store
     */
    interface Resend<W> {

        /** {@return how many were sent} */
        long all(W store, QueueSender sender) throws Exception;
    }

    /**
     * The flow that repairs by sending again, for stores whose messages are a step of their own.
     */
    final Flow<Nothing, Swept> resending(Resend<W> resend) {
        Node<Nothing, Swept> node =
                Node.effect(
                        "resend",
                        Nothing.class,
                        Swept.class,
                        writer,
                        queue,
                        (store, sender, nothing, context) -> new Swept(resend.all(store, sender)));
        return Flow.define(
                "task-recover", Steps.VERSION, Nothing.class, (g, none) -> g.then(none, node));
    }
}
