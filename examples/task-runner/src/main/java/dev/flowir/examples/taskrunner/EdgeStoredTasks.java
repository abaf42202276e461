package dev.flowir.examples.taskrunner;

import dev.flowir.examples.taskrunner.Messages.Claimed;
import dev.flowir.examples.taskrunner.Messages.Handled;
import dev.flowir.examples.taskrunner.Messages.Letter;
import dev.flowir.examples.taskrunner.Messages.Nothing;
import dev.flowir.examples.taskrunner.Messages.Swept;
import dev.flowir.examples.taskrunner.Messages.TaskMessage;
import dev.flowir.examples.taskrunner.Messages.Worked;
import dev.flowir.ir.Emitter;
import dev.flowir.ir.Flow;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.ReadToken;
import dev.flowir.ir.WriteToken;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.Queues;
import java.util.function.LongSupplier;

/**
 * Tasks where a store and a queue elsewhere do not commit together, and nobody hears of another
 * request: the task first, its message second, and {@link #recover()} sends what is between the two
 * for too long; who watches looks again and again.
 *
 * @param <R> what reads the store
 * @param <W> what writes it
 */
abstract class EdgeStoredTasks<R, W extends R> extends StoredTasks<R, W> {

    /** Seconds after which a task without a claim is sent again: it may have no message. */
    static final long UNCLAIMED_SECONDS = 300;

    /** A page shows as many. */
    static final int RECENT = 200;

    static final int MOST_LETTERS = 100;

    /** Messages that one repair sends, of the thousand calls that an event has there. */
    static final int MOST_SENT = 100;

    /** So that a stream of half a minute keeps within fifty calls of the platform. */
    private static final long LOOK_MILLIS = 600;

    /** Time that is left for the end of a stream, before it would be ended. */
    private static final long END_NANOS = 3_000_000_000L;

    private static final String LAST_ERROR =
            "the queue gave it up and does not say why; the worker's log does";

    /**
     * The flows.
     *
     * @param work the work, as whoever runs it needs it
     * @param queue name of what tasks are sent to
     * @param epochSeconds the time
     */
    EdgeStoredTasks(
            Node<Claimed, Worked> work,
            LongSupplier epochSeconds,
            ReadToken<R> reader,
            WriteToken<W> writer,
            String queue) {
        super(work, epochSeconds, reader, writer, Queues.publisher(queue));
    }

    /**
     * The id of the run, which is a random UUID of the platform here: one run makes one task, and
     * the same one at each attempt.
     */
    @Override
    String newTaskId(NodeContext context) {
        return context.runId();
    }

    /** How often a task was claimed since it was last sent by somebody. */
    abstract long deliveries(R store, String taskId) throws Exception;

    /** Sends tasks again that nobody claimed for {@value #UNCLAIMED_SECONDS} seconds. */
    abstract long resend(W store, QueueSender sender) throws Exception;

    /** Begins to look for changes, with those of recent tasks. */
    abstract Looking looking(R store);

    /** Looks for changes. */
    @FunctionalInterface
    interface Looking {

        /** Tells what changed since it was looked last. */
        void look(Emitter<TaskFeed.Change> out) throws Exception;
    }

    /**
     * Buries a task whose message came out of the dead-letter queue. The queue does not say how
     * often it was delivered, so each claim of the task was counted.
     */
    final Flow<TaskMessage, Handled> undertake() {
        Node<TaskMessage, Letter> letter =
                Node.reads(
                        "letter",
                        TaskMessage.class,
                        Letter.class,
                        reader(),
                        (store, dead, context) ->
                                new Letter(
                                        dead.taskId(),
                                        dead.payload(),
                                        (int) deliveries(store, dead.taskId()),
                                        LAST_ERROR));
        return Flow.define(
                "task-undertake",
                Steps.VERSION,
                TaskMessage.class,
                (g, dead) -> g.then(g.then(dead, letter), burying()));
    }

    @Override
    public final Flow<Nothing, ItemStream<TaskFeed.Change>> events() {
        Node<Nothing, ItemStream<TaskFeed.Change>> watch =
                Node.streams("watch", Nothing.class, TaskFeed.Change.class, reader(), this::watch);
        return Flow.define(
                "task-events", Steps.VERSION, Nothing.class, (g, none) -> g.then(none, watch));
    }

    /** Ends before it would be ended; a browser then comes again by itself. */
    private void watch(R store, Nothing nothing, Emitter<TaskFeed.Change> out, NodeContext context)
            throws Exception {
        Looking looking = looking(store);
        looking.look(out);
        while (context.remainingNanos().orElse(Long.MAX_VALUE) > END_NANOS) {
            Thread.sleep(LOOK_MILLIS);
            looking.look(out);
        }
    }

    @Override
    public final Flow<Nothing, Swept> recover() {
        return resending(this::resend);
    }
}
