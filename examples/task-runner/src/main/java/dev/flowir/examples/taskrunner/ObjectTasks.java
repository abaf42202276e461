package dev.flowir.examples.taskrunner;

import dev.flowir.examples.taskrunner.Messages.Letter;
import dev.flowir.examples.taskrunner.Messages.Nothing;
import dev.flowir.examples.taskrunner.Messages.Sweep;
import dev.flowir.examples.taskrunner.Messages.Swept;
import dev.flowir.examples.taskrunner.Task.Status;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Guarantee;
import dev.flowir.ir.Node;
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
final class ObjectTasks extends WatchedTasks<ObjectReader, ObjectWriter> {

    private static final int MOST_LETTERS = 100;

    private final ObjectClass<TaskObject> type;
    private final ObjectView<TaskSeen> view;

    ObjectTasks(Settings settings, TaskFeed feed, InstantSource clock) {
        super(
                settings,
                feed,
                clock,
                DurableObjects.reader(settings.objects()).requiring(Guarantee.STRONG_CONSISTENCY),
                DurableObjects.writer(settings.objects()),
                Queues.publisher(settings.queue()).requiring(Guarantee.SHARED_TRANSACTION));
        this.type = TaskObject.telling(feed);
        this.view = TaskObject.view(type);
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
    void create(ObjectWriter objects, QueueSender sender, Task fresh) throws Exception {
        Body message = Steps.body(fresh.taskId(), fresh.payload());
        task(objects, fresh.taskId()).call(task -> task.create(fresh, () -> sender.send(message)));
        board(objects).call(board -> board.created(fresh.taskId()));
    }

    @Override
    Optional<Status> status(ObjectReader objects, String taskId) {
        return isId(taskId)
                ? seen(objects, taskId).read(TaskSeen::task).map(Task::status)
                : Optional.empty();
    }

    @Override
    boolean move(ObjectWriter objects, String taskId, Status to, List<Status> from) {
        return task(objects, taskId).call(task -> task.move(to, from));
    }

    @Override
    void bury(ObjectWriter objects, Letter letter, List<Status> open) {
        // on the list first: a letter that is not on it would never be seen
        board(objects).call(board -> board.bury(letter.taskId()));
        task(objects, letter.taskId()).call(task -> task.bury(letter));
    }

    @Override
    List<Letter> letters(ObjectReader objects) {
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
    boolean redrive(ObjectWriter objects, QueueSender sender, String taskId) throws Exception {
        Optional<Letter> letter =
                isId(taskId) ? seen(objects, taskId).read(TaskSeen::letter) : Optional.empty();
        if (letter.isEmpty()) {
            return false;
        }
        Body message = Steps.body(taskId, letter.get().payload());
        long place = board(objects).read(board -> board.place(taskId));
        boolean moved =
                task(objects, taskId).call(task -> task.redrive(() -> sender.send(message)));
        if (moved) {
            // by its place: it may have died again meanwhile, and have a new one
            board(objects).call(board -> board.exhume(place));
        }
        return moved;
    }

    @Override
    List<TaskFeed.Change> recent(ObjectReader objects) {
        List<TaskFeed.Change> tasks = new ArrayList<>();
        for (String taskId : objects.of(BoardObject.VIEW).named("board").read(BoardSeen::recent)) {
            status(objects, taskId)
                    .ifPresent(status -> tasks.add(new TaskFeed.Change(taskId, status.word())));
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
                        writer(),
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
