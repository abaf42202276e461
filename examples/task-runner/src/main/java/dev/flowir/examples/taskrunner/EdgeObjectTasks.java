package dev.flowir.examples.taskrunner;

import dev.flowir.examples.taskrunner.EdgeBoard.Numbered;
import dev.flowir.examples.taskrunner.EdgeBoard.Told;
import dev.flowir.examples.taskrunner.EdgeTask.Moved;
import dev.flowir.examples.taskrunner.EdgeTask.Seen;
import dev.flowir.examples.taskrunner.EdgeTask.Step;
import dev.flowir.examples.taskrunner.Messages.Claimed;
import dev.flowir.examples.taskrunner.Messages.Letter;
import dev.flowir.examples.taskrunner.Messages.Sweep;
import dev.flowir.examples.taskrunner.Messages.Swept;
import dev.flowir.examples.taskrunner.Messages.Worked;
import dev.flowir.examples.taskrunner.Task.Status;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.object.DurableObjects;
import dev.flowir.object.ObjectReader;
import dev.flowir.object.ObjectRef;
import dev.flowir.object.ObjectViewRef;
import dev.flowir.object.ObjectWriter;
import dev.flowir.queue.QueueException;
import dev.flowir.queue.QueueSender;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * An object for each task at the edge, and one for the lists. The task is changed first, the list
 * told second, the message sent last; {@link #recover()} sends what nobody claimed for too long.
 */
final class EdgeObjectTasks extends EdgeStoredTasks<ObjectReader, ObjectWriter> {

    private static final String BOARD = "board";

    private static final int MOST_ID = 64;

    EdgeObjectTasks(
            Node<Claimed, Worked> work, String objects, String queue, LongSupplier epochSeconds) {
        super(
                work,
                epochSeconds,
                DurableObjects.reader(objects),
                DurableObjects.writer(objects),
                queue);
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
                ? Seen.NONE
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

    @Override
    long deliveries(ObjectReader objects, String taskId) {
        return seen(objects, taskId).deliveries();
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
        long drive =
                before.status().isEmpty() ? 0 : task(objects, taskId).call(EdgeTask.REDRIVE, "");
        if (drive == 0) {
            return false;
        }
        tell(objects, taskId, Status.PENDING);
        sender.send(Steps.body(taskId, before.payload(), drive));
        return true;
    }

    @Override
    Looking looking(ObjectReader objects) {
        long[] seen = {-1};
        return out -> {
            Told next =
                    seen[0] < 0
                            ? lists(objects).ask(EdgeBoard.RECENT, "")
                            : lists(objects).ask(EdgeBoard.SINCE, seen[0]);
            seen[0] = Math.max(seen[0], 0);
            for (Numbered change : next.changes()) {
                seen[0] = change.seq();
                out.emit(new TaskFeed.Change(change.taskId(), change.status()));
            }
        };
    }

    /** Each object removes itself by its alarm. */
    @Override
    public Flow<Sweep, Swept> sweep() {
        return Steps.nothingToSweep();
    }

    @Override
    long resend(ObjectWriter objects, QueueSender sender) throws Exception {
        long sent = 0;
        long before = now() - UNCLAIMED_SECONDS;
        for (String taskId : lists(objects).ask(EdgeBoard.UNCLAIMED, before).taskIds()) {
            Seen task = seen(objects, taskId);
            if (task.status().equals(Status.PENDING.word())) {
                sender.send(Steps.body(taskId, task.payload(), task.drive()));
                board(objects).call(EdgeBoard.SENT, taskId);
                sent++;
            } else {
                board(objects).call(EdgeBoard.CLAIMED, taskId);
            }
        }
        return sent;
    }
}
