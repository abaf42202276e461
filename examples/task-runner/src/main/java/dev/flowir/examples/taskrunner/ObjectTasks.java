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
import dev.flowir.examples.taskrunner.Messages.Sweep;
import dev.flowir.examples.taskrunner.Messages.Swept;
import dev.flowir.examples.taskrunner.Messages.TaskMessage;
import dev.flowir.examples.taskrunner.Messages.TaskRef;
import dev.flowir.examples.taskrunner.Messages.Worked;
import dev.flowir.examples.taskrunner.Task.Status;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Guarantee;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.ReadToken;
import dev.flowir.ir.WriteToken;
import dev.flowir.object.DurableObjects;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectReader;
import dev.flowir.object.ObjectRef;
import dev.flowir.object.ObjectView;
import dev.flowir.object.ObjectViewRef;
import dev.flowir.object.ObjectWriter;
import dev.flowir.queue.Body;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.Queues;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Each task a durable object, which stores its status and sends its message in one transaction. One
 * further object keeps the lists.
 */
final class ObjectTasks implements TaskFlows {

    private static final int MOST_LETTERS = 100;

    private final TaskFeed feed;
    private final InstantSource clock;
    private final ObjectClass<TaskObject> type;
    private final ObjectView<TaskSeen> view;
    private final Node<Claimed, Worked> work;
    private final ReadToken<ObjectReader> reader;
    private final WriteToken<ObjectWriter> writer;
    private final WriteToken<QueueSender> queue;

    ObjectTasks(Settings settings, TaskFeed feed, InstantSource clock) {
        this.feed = feed;
        this.clock = clock;
        this.type = TaskObject.telling(feed);
        this.view = TaskObject.view(type);
        this.work = Steps.work(settings);
        this.reader =
                DurableObjects.reader(settings.objects()).requiring(Guarantee.STRONG_CONSISTENCY);
        this.writer = DurableObjects.writer(settings.objects());
        this.queue = Queues.publisher(settings.queue()).requiring(Guarantee.SHARED_TRANSACTION);
    }

    /** What a space for these flows is opened with. */
    List<ObjectClass<?>> classes() {
        return List.of(type, BoardObject.CLASS);
    }

    private ObjectRef<TaskObject> task(ObjectWriter objects, String taskId) {
        return objects.of(type).named(taskId);
    }

    private ObjectViewRef<TaskSeen> seen(ObjectReader objects, String taskId) {
        return objects.of(view).named(taskId);
    }

    private static ObjectRef<BoardObject> board(ObjectWriter objects) {
        return objects.of(BoardObject.CLASS).named("board");
    }

    /** Ids that are longer than ours are unknown ids. */
    private static boolean isId(String taskId) {
        return !taskId.isEmpty() && taskId.length() <= 64;
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

    private Accepted accept(
            ObjectWriter objects, QueueSender sender, JsonValue payload, NodeContext context)
            throws Exception {
        String taskId = Steps.newTaskId(context);
        String text = Steps.text(payload);
        long expires = clock.instant().plus(Settings.TIME_TO_LIVE).getEpochSecond();
        Task fresh = new Task(taskId, Status.PENDING, text, expires, Optional.empty());
        Body message = Steps.body(taskId, text);
        task(objects, taskId).call(task -> task.create(fresh, () -> sender.send(message)));
        board(objects).call(board -> board.created(taskId));
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
                        (objects, ref, context) ->
                                find(objects, ref.taskId())
                                        .<Lookup>map(task ->
                                                new Found(ref.taskId(), task.status().word()))
                                        .orElseGet(NotFound::new));
        return Flow.define(
                "task-read", Steps.VERSION, TaskRef.class, (g, ref) -> g.then(ref, look));
    }

    private Optional<Task> find(ObjectReader objects, String taskId) {
        return isId(taskId) ? seen(objects, taskId).read(TaskSeen::task) : Optional.empty();
    }

    @Override
    public Flow<TaskMessage, Handled> process(Shape shape) {
        Node<TaskMessage, Claim> claim =
                Node.effect(
                        "claim",
                        TaskMessage.class,
                        Claim.class,
                        writer,
                        (objects, message, context) ->
                                task(objects, message.taskId())
                                                .call(task ->
                                                        task.move(
                                                                Status.PROCESSING,
                                                                List.of(
                                                                        Status.PENDING,
                                                                        Status.PROCESSING)))
                                        ? new Claimed(message.taskId(), message.payload())
                                        : new Over(message.taskId()));
        Node<Worked, Handled> finish =
                Node.effect(
                        "finish",
                        Worked.class,
                        Handled.class,
                        writer,
                        (objects, done, context) -> {
                            task(objects, done.taskId())
                                    .call(task ->
                                            task.move(
                                                    Status.COMPLETED, List.of(Status.PROCESSING)));
                            return new Handled(done.taskId());
                        });
        return shape.of(claim, work, finish);
    }

    @Override
    public Flow<Letter, Handled> bury() {
        Node<Letter, Handled> bury =
                Node.effect(
                        "bury",
                        Letter.class,
                        Handled.class,
                        writer,
                        (objects, letter, context) -> {
                            // on the list first: a letter that is not on it would never be seen
                            board(objects).call(board -> board.bury(letter.taskId()));
                            task(objects, letter.taskId()).call(task -> task.bury(letter));
                            return new Handled(letter.taskId());
                        });
        return Flow.define(
                "task-bury", Steps.VERSION, Letter.class, (g, letter) -> g.then(letter, bury));
    }

    @Override
    public Flow<Nothing, Letters> letters() {
        Node<Nothing, Letters> list =
                Node.reads(
                        "list",
                        Nothing.class,
                        Letters.class,
                        reader,
                        (objects, nothing, context) -> new Letters(letters(objects)));
        return Flow.define(
                "task-letters", Steps.VERSION, Nothing.class, (g, none) -> g.then(none, list));
    }

    private List<Letter> letters(ObjectReader objects) {
        List<Letter> letters = new ArrayList<>();
        for (String taskId : buried(objects)) {
            seen(objects, taskId).read(TaskSeen::letter).ifPresent(letters::add);
        }
        return letters;
    }

    private static List<String> buried(ObjectReader objects) {
        return objects.of(BoardObject.VIEW).named("board").read(b -> b.buried(MOST_LETTERS));
    }

    @Override
    public Flow<TaskRef, Redriven> redrive() {
        Node<TaskRef, Redriven> again =
                Node.effect("again", TaskRef.class, Redriven.class, writer, queue, this::again);
        return Flow.define(
                "task-redrive", Steps.VERSION, TaskRef.class, (g, ref) -> g.then(ref, again));
    }

    private Redriven again(
            ObjectWriter objects, QueueSender sender, TaskRef ref, NodeContext context)
            throws Exception {
        String taskId = ref.taskId();
        Optional<Letter> letter =
                isId(taskId) ? seen(objects, taskId).read(TaskSeen::letter) : Optional.empty();
        if (letter.isEmpty()) {
            return new Redriven(taskId, 0);
        }
        Body message = Steps.body(taskId, letter.get().payload());
        long place = board(objects).read(board -> board.place(taskId));
        boolean moved =
                task(objects, taskId).call(task -> task.redrive(() -> sender.send(message)));
        if (moved) {
            // by its place: it may have died again meanwhile, and have a new one
            board(objects).call(board -> board.exhume(place));
        }
        return new Redriven(taskId, moved ? 1 : 0);
    }

    @Override
    public Flow<Nothing, ItemStream<TaskFeed.Change>> events() {
        Node<Nothing, ItemStream<TaskFeed.Change>> watch =
                Node.streams(
                        "watch",
                        Nothing.class,
                        TaskFeed.Change.class,
                        reader,
                        (objects, nothing, out, context) -> {
                            try (TaskFeed.Watcher watcher = feed.watch()) {
                                Steps.tell(watcher, () -> recent(objects), out);
                            }
                        });
        return Flow.define(
                "task-events", Steps.VERSION, Nothing.class, (g, none) -> g.then(none, watch));
    }

    private List<TaskFeed.Change> recent(ObjectReader objects) {
        List<TaskFeed.Change> tasks = new ArrayList<>();
        for (String taskId : objects.of(BoardObject.VIEW).named("board").read(BoardSeen::recent)) {
            find(objects, taskId)
                    .ifPresent(
                            task -> tasks.add(new TaskFeed.Change(taskId, task.status().word())));
        }
        return tasks;
    }

    /** Each object removes itself by its alarm. */
    @Override
    public Flow<Sweep, Swept> sweep() {
        return Steps.nothingToSweep();
    }

    /** Takes from the list what a redrive left on it that was killed halfway. */
    @Override
    public Flow<Nothing, Swept> recover() {
        Node<Nothing, Swept> tidy =
                Node.effect(
                        "tidy",
                        Nothing.class,
                        Swept.class,
                        writer,
                        (objects, nothing, context) -> new Swept(tidy(objects)));
        return Flow.define(
                "task-recover", Steps.VERSION, Nothing.class, (g, none) -> g.then(none, tidy));
    }

    private long tidy(ObjectWriter objects) {
        long removed = 0;
        for (String taskId : buried(objects)) {
            if (seen(objects, taskId).read(TaskSeen::letter).isEmpty()) {
                removed += board(objects).call(b -> b.exhume(b.place(taskId))) ? 1 : 0;
            }
        }
        return removed;
    }
}
