package dev.flowir.examples.taskrunner;

import dev.flowir.examples.taskrunner.Messages.Letter;
import dev.flowir.examples.taskrunner.Messages.Letters;
import dev.flowir.examples.taskrunner.Task.Status;
import dev.flowir.object.ObjectCall;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.ObjectView;
import dev.flowir.object.StoredKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One task at the edge: an object that has its id as its name and is gone when its day is over. Its
 * calls have names, because no code can be sent there.
 */
final class EdgeTask implements EdgeTaskView {

    private static final StoredKey<Task> TASK = StoredKey.of("task", Task.class);
    private static final StoredKey<Letter> LETTER = StoredKey.of("letter", Letter.class);
    private static final StoredKey<Long> DELIVERIES = StoredKey.of("deliveries", Long.class);
    private static final StoredKey<Long> DRIVE = StoredKey.of("drive", Long.class);

    /**
     * A step of a task.
     *
     * @param to where it goes
     * @param from where it may stand
     */
    record Step(Status to, List<Status> from) {}

    /** What came of a step. */
    enum Moved {
        /** The task has none of the statuses, or is not there. */
        NO,
        /** It stood there already. */
        STAYED,
        /** It went. */
        YES
    }

    /**
     * A task as others see it.
     *
     * @param status its word; empty when there is no task
     * @param payload JSON text
     * @param deliveries how often it was claimed
     * @param drive which time it goes, from 1 on
     */
    record Seen(String status, String payload, long deliveries, long drive) {

        static final Seen NONE = new Seen("", "", 0, 1);
    }

    static final ObjectCall<EdgeTask, Task, Boolean> CREATE =
            ObjectCall.of("create", Task.class, Boolean.class, EdgeTask::create);
    static final ObjectCall<EdgeTaskView, String, Seen> SEE =
            ObjectCall.reading("see", String.class, Seen.class, (it, none) -> it.seen());
    static final ObjectCall<EdgeTask, Step, Moved> MOVE =
            ObjectCall.of("move", Step.class, Moved.class, EdgeTask::move);
    static final ObjectCall<EdgeTask, Letter, Boolean> BURY =
            ObjectCall.of("bury", Letter.class, Boolean.class, EdgeTask::bury);
    static final ObjectCall<EdgeTaskView, String, Letters> LETTERS =
            ObjectCall.reading("letters", String.class, Letters.class, (it, none) -> it.letters());
    static final ObjectCall<EdgeTask, String, Long> REDRIVE =
            ObjectCall.of("redrive", String.class, Long.class, (it, none) -> it.redrive());
    static final ObjectCall<EdgeTask, String, Boolean> FORGET =
            ObjectCall.of("forget", String.class, Boolean.class, (it, none) -> it.forget());

    static final ObjectClass<EdgeTask> CLASS =
            ObjectClass.of("task", EdgeTask::new)
                    .alarm((task, ring) -> task.forget())
                    .keeps(TASK, LETTER, DELIVERIES, DRIVE)
                    .calls(CREATE, SEE, MOVE, BURY, LETTERS, REDRIVE, FORGET);

    static final ObjectView<EdgeTaskView> VIEW = ObjectView.of(CLASS, EdgeTaskView.class);

    private final ObjectContext self;

    private EdgeTask(ObjectContext self) {
        this.self = self;
    }

    private Optional<Task> task() {
        long now = self.now().getEpochSecond();
        return self.storage().get(TASK).filter(task -> now < task.expiresAt());
    }

    private boolean create(Task fresh) {
        if (task().isPresent()) {
            return false;
        }
        self.storage().put(TASK, fresh);
        self.setAlarm(Instant.ofEpochSecond(fresh.expiresAt()));
        return true;
    }

    @Override
    public Seen seen() {
        long deliveries = self.storage().get(DELIVERIES).orElse(0L);
        return task().map(it -> new Seen(it.status().word(), it.payload(), deliveries, drive()))
                .orElse(Seen.NONE);
    }

    private Moved move(Step step) {
        Optional<Task> before = task().filter(it -> step.from().contains(it.status()));
        if (before.isEmpty()) {
            return Moved.NO;
        }
        if (step.to() == Status.PROCESSING) {
            self.storage().put(DELIVERIES, self.storage().get(DELIVERIES).orElse(0L) + 1);
        }
        if (before.get().status() == step.to()) {
            return Moved.STAYED;
        }
        self.storage().put(TASK, before.get().at(step.to()));
        return Moved.YES;
    }

    /** Gives the task up, unless it is completed; true also when it was given up before. */
    private boolean bury(Letter letter) {
        List<Status> from = List.of(Status.PENDING, Status.PROCESSING, Status.FAILED);
        if (move(new Step(Status.FAILED, from)) == Moved.NO) {
            return false;
        }
        self.storage().put(LETTER, letter);
        return true;
    }

    @Override
    public Letters letters() {
        return new Letters(self.storage().get(LETTER).map(List::of).orElse(List.of()));
    }

    private long drive() {
        return self.storage().get(DRIVE).orElse(1L);
    }

    /** Which time it goes now; 0 when it does not, because it is not given up. */
    private long redrive() {
        if (move(new Step(Status.PENDING, List.of(Status.FAILED))) != Moved.YES) {
            return 0;
        }
        self.storage().delete(LETTER.text());
        self.storage().delete(DELIVERIES.text());
        self.storage().put(DRIVE, drive() + 1);
        return drive();
    }

    private boolean forget() {
        self.storage().deleteAll();
        return true;
    }
}
