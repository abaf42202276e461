package dev.flowir.examples.taskrunner;

import dev.flowir.examples.taskrunner.Messages.Letter;
import dev.flowir.examples.taskrunner.Task.Status;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.ObjectView;
import dev.flowir.object.StoredKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One task: an object that has its id as its name. It moves itself, sends itself to the queue in
 * the transaction that stores it, and is gone when its day is over.
 */
final class TaskObject implements TaskSeen {

    private static final StoredKey<Task> TASK = StoredKey.of("task", Task.class);
    private static final StoredKey<Letter> LETTER = StoredKey.of("letter", Letter.class);

    private final ObjectContext self;
    private final TaskFeed feed;

    private TaskObject(ObjectContext self, TaskFeed feed) {
        this.self = self;
        this.feed = feed;
    }

    static ObjectClass<TaskObject> telling(TaskFeed feed) {
        return ObjectClass.of("task", self -> new TaskObject(self, feed))
                .alarm((task, ring) -> task.self.storage().deleteAll());
    }

    static ObjectView<TaskSeen> view(ObjectClass<TaskObject> type) {
        return ObjectView.of(type, TaskSeen.class);
    }

    @Override
    public Optional<Task> task() {
        long now = self.now().getEpochSecond();
        return self.storage().get(TASK).filter(task -> now < task.expiresAt());
    }

    @Override
    public Optional<Letter> letter() {
        return self.storage().get(LETTER);
    }

    /**
     * Accepts the task, once.
     *
     * @param send sends its message, in the transaction that stores it
     */
    boolean create(Task task, Runnable send) {
        if (task().isPresent()) {
            return false;
        }
        store(task);
        self.setAlarm(Instant.ofEpochSecond(task.expiresAt()));
        self.inCommit(send);
        return true;
    }

    /** Moves the task when it has one of the statuses; false when it has none of them. */
    boolean move(Status to, List<Status> from) {
        Optional<Task> before = task().filter(task -> from.contains(task.status()));
        before.filter(task -> task.status() != to).ifPresent(task -> store(task.at(to)));
        return before.isPresent();
    }

    /** Gives the task up, unless it is completed; false when it is. */
    boolean bury(Letter letter) {
        boolean failed =
                move(Status.FAILED, List.of(Status.PENDING, Status.PROCESSING, Status.FAILED));
        if (failed) {
            self.storage().put(LETTER, letter);
        }
        return failed;
    }

    /** Takes the task from its grave and sends it once more; false when it is not in one. */
    boolean redrive(Runnable send) {
        if (letter().isEmpty() || !move(Status.PENDING, List.of(Status.FAILED))) {
            return false;
        }
        self.storage().delete(LETTER.text());
        self.inCommit(send);
        return true;
    }

    private void store(Task task) {
        self.storage().put(TASK, task);
        self.afterCommit(() -> feed.publish(task.taskId(), task.status()));
    }
}
