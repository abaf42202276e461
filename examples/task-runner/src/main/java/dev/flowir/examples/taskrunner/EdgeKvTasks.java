package dev.flowir.examples.taskrunner;

import dev.flowir.examples.taskrunner.Messages.Claimed;
import dev.flowir.examples.taskrunner.Messages.Letter;
import dev.flowir.examples.taskrunner.Messages.Sweep;
import dev.flowir.examples.taskrunner.Messages.Swept;
import dev.flowir.examples.taskrunner.Messages.Worked;
import dev.flowir.examples.taskrunner.Task.Status;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.kv.Kv;
import dev.flowir.kv.KvKey;
import dev.flowir.kv.KvQuery;
import dev.flowir.kv.KvReader;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.KvWriter;
import dev.flowir.kv.PutOptions;
import dev.flowir.queue.QueueException;
import dev.flowir.queue.QueueSender;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tasks under keys of the platform, which are seen late, replace nothing on a condition, and take
 * one write a second each. So no key is ever changed back: each status that a task reaches is a key
 * of its own, and the one that is furthest counts. Who sees some of them sees where the task stood
 * a while ago; who looks again sees no less. A redrive begins a further round of such keys, which
 * its message names, because whoever takes it need not see it yet. All of them expire with their
 * task.
 */
final class EdgeKvTasks extends EdgeStoredTasks<KvReader, KvWriter> {

    /** {@code task:ID}: when it ends, an epoch second, and on a line of its own what was posted. */
    private static final String TASK = "task:";

    /** {@code drive:ID}: its last round, when that is not the first. */
    private static final String DRIVE = "drive:";

    /** {@code processing:ID:DRIVE}: how often it was claimed. */
    private static final String PROCESSING = "processing:";

    /** {@code completed:ID:DRIVE}. */
    private static final String COMPLETED = "completed:";

    /** {@code failed:ID:DRIVE}: deliveries, and on a line of its own the last error. */
    private static final String FAILED = "failed:";

    /** {@code waiting:SECOND:ID}: sent then, and nobody claimed it yet. In the order of time. */
    private static final String WAITING = "waiting:";

    /** {@code change:SECOND:ID:DRIVE:STATUS}, counted from the end of time: the newest first. */
    private static final String CHANGE = "change:";

    private static final long END_OF_TIME = 9_999_999_999L;

    private static final int DIGITS = 10;

    /** The platform takes no key that expires sooner. */
    private static final long LEAST_SECONDS = 60;

    private static final long DAY_SECONDS = Settings.TIME_TO_LIVE.toMillis() / 1000;

    private static final int UUID_CHARS = 36;
    private static final int MOST_ID = 64;
    private static final KvValue YES = KvValue.of("1");

    /** What was posted, as far as it is seen. */
    private record Posted(long expiresAt, String payload) {

        static Posted of(KvValue value) {
            String text = value.text();
            int line = text.indexOf('\n');
            return new Posted(Long.parseLong(text.substring(0, line)), text.substring(line + 1));
        }

        KvValue value() {
            return KvValue.of(expiresAt + "\n" + payload);
        }
    }

    /**
     * A task in one of its rounds.
     *
     * @param drive from 1 on
     */
    private record Round(String taskId, long drive) {

        /** As a message has it. */
        static Round of(String message) {
            return message.length() > UUID_CHARS
                    ? new Round(
                            message.substring(0, UUID_CHARS),
                            Long.parseLong(message.substring(UUID_CHARS + 1)))
                    : new Round(message, 1);
        }

        String message() {
            return drive == 1 ? taskId : taskId + "-" + drive;
        }

        String key(String prefix) {
            return prefix + taskId + ":" + drive;
        }
    }

    /** How far a round is seen to be. */
    private record Seen(Round round, Status status, long claims) {}

    /** A change, as its key tells it. */
    private record Told(Round round, Status status, long second) {

        private static final int STATUSES = 4;

        /** Rises with each step of a task. */
        long place() {
            return round.drive() * STATUSES
                    + switch (status) {
                        case PENDING -> 0;
                        case PROCESSING -> 1;
                        case FAILED -> 2;
                        case COMPLETED -> 3;
                    };
        }
    }

    EdgeKvTasks(
            Node<Claimed, Worked> work, String namespace, String queue, LongSupplier epochSeconds) {
        super(work, epochSeconds, Kv.reader(namespace), Kv.writer(namespace), queue);
    }

    /** A request that is tried again writes the same once more. */
    @Override
    void create(KvWriter kv, QueueSender sender, Task fresh) throws Exception {
        String taskId = fresh.taskId();
        PutOptions expiring = expiring(fresh.expiresAt());
        String waiting = waiting(fresh.expiresAt() - DAY_SECONDS, taskId);
        Posted posted = new Posted(fresh.expiresAt(), fresh.payload());
        kv.put(TASK + taskId, posted.value(), expiring);
        kv.put(waiting, YES, expiring);
        tell(kv, new Round(taskId, 1), Status.PENDING, expiring);
        try {
            sender.send(Steps.body(taskId, fresh.payload()));
        } catch (QueueException refused) {
            // nobody was told of it; a message that was stored all the same finds no task
            kv.delete(TASK + taskId);
            kv.delete(waiting);
            throw refused;
        }
    }

    private PutOptions expiring(long epochSecond) {
        return PutOptions.expiringAt(
                Instant.ofEpochSecond(Math.max(epochSecond, now() + LEAST_SECONDS)));
    }

    private static String waiting(long second, String taskId) {
        return WAITING + digits(second) + ":" + taskId;
    }

    private static String digits(long number) {
        String digits = Long.toString(number);
        return "0".repeat(DIGITS - digits.length()) + digits;
    }

    private void tell(KvWriter kv, Round round, Status status, PutOptions expiring) {
        String what = round.taskId() + ":" + round.drive() + ":" + status.word();
        kv.put(CHANGE + digits(END_OF_TIME - now()) + ":" + what, YES, expiring);
    }

    @Override
    Optional<Status> status(KvReader kv, String taskId) {
        Optional<Seen> task = find(kv, taskId);
        return task.isPresent() ? Optional.of(task.get().status()) : Optional.empty();
    }

    /** The last round that is seen. Ids that are longer than ours are unknown ids. */
    private static Optional<Seen> find(KvReader kv, String taskId) {
        if (taskId.isEmpty() || taskId.length() > MOST_ID) {
            return Optional.empty();
        }
        Map<String, Optional<KvValue>> values =
                kv.getMany(
                        List.of(
                                TASK + taskId,
                                DRIVE + taskId,
                                PROCESSING + taskId + ":1",
                                COMPLETED + taskId + ":1",
                                FAILED + taskId + ":1"));
        if (value(values, TASK + taskId).isEmpty()) {
            return Optional.empty();
        }
        Round round = new Round(taskId, number(value(values, DRIVE + taskId), 1));
        return Optional.of(round.drive() == 1 ? seen(round, values) : seen(kv, round));
    }

    private static Seen seen(KvReader kv, Round round) {
        return seen(
                round,
                kv.getMany(
                        List.of(round.key(PROCESSING), round.key(COMPLETED), round.key(FAILED))));
    }

    private static Seen seen(Round round, Map<String, Optional<KvValue>> values) {
        long claims = number(value(values, round.key(PROCESSING)), 0);
        Status status = claims == 0 ? Status.PENDING : Status.PROCESSING;
        if (value(values, round.key(FAILED)).isPresent()) {
            status = Status.FAILED;
        }
        // also when it was given up while another delivery of its message did the work
        if (value(values, round.key(COMPLETED)).isPresent()) {
            status = Status.COMPLETED;
        }
        return new Seen(round, status, claims);
    }

    private static Optional<KvValue> value(Map<String, Optional<KvValue>> of, String key) {
        return of.getOrDefault(key, Optional.empty());
    }

    private static long number(Optional<KvValue> value, long otherwise) {
        return value.isPresent() ? Long.parseLong(value.get().text()) : otherwise;
    }

    /**
     * Neither the task nor its claim need be seen yet by whoever works on it, so only an end is a
     * reason not to. Of a task that is not there nobody sees what is written.
     */
    @Override
    boolean move(KvWriter kv, String message, Status to, List<Status> from) {
        Round round = Round.of(message);
        Seen before = seen(kv, round);
        if (before.status().isFinal()) {
            return false;
        }
        Optional<Posted> posted = posted(kv, round.taskId());
        PutOptions expiring =
                expiring(posted.isPresent() ? posted.get().expiresAt() : now() + DAY_SECONDS);
        if (to == Status.PROCESSING) {
            String claims = Long.toString(before.claims() + 1);
            kv.put(round.key(PROCESSING), KvValue.of(claims), expiring);
            if (posted.isPresent()) {
                kv.delete(waiting(posted.get().expiresAt() - DAY_SECONDS, round.taskId()));
            }
        } else {
            kv.put(round.key(COMPLETED), YES, expiring);
        }
        if (before.status() != to) {
            tell(kv, round, to, expiring);
        }
        return true;
    }

    private static Optional<Posted> posted(KvReader kv, String taskId) {
        Optional<KvValue> value = kv.get(TASK + taskId);
        return value.isPresent() ? Optional.of(Posted.of(value.get())) : Optional.empty();
    }

    @Override
    void bury(KvWriter kv, Letter letter, List<Status> open) {
        Round round = Round.of(letter.taskId());
        if (seen(kv, round).status() != Status.COMPLETED) {
            PutOptions expiring = expiring(now() + DAY_SECONDS);
            String kept = letter.deliveries() + "\n" + letter.lastError();
            kv.put(round.key(FAILED), KvValue.of(kept), expiring);
            tell(kv, round, Status.FAILED, expiring);
        }
    }

    /** As far as they are seen. */
    @Override
    long deliveries(KvReader kv, String message) {
        return seen(kv, Round.of(message)).claims();
    }

    @Override
    List<Letter> letters(KvReader kv) {
        List<Letter> letters = new ArrayList<>();
        for (KvKey key : kv.list(KvQuery.prefix(FAILED).limit(MOST_LETTERS)).keys()) {
            String taskId = key.name().substring(FAILED.length(), key.name().lastIndexOf(':'));
            Optional<Seen> task = find(kv, taskId);
            Optional<KvValue> letter = kv.get(key.name());
            Optional<Posted> posted = posted(kv, taskId);
            // a letter counts while its task is given up; those of earlier rounds stay for a day
            if (letter.isPresent()
                    && posted.isPresent()
                    && task.isPresent()
                    && task.get().status() == Status.FAILED
                    && task.get().round().key(FAILED).equals(key.name())) {
                String text = letter.get().text();
                int line = text.indexOf('\n');
                letters.add(
                        new Letter(
                                taskId,
                                posted.get().payload(),
                                Integer.parseInt(text.substring(0, line)),
                                text.substring(line + 1)));
            }
        }
        return letters;
    }

    /** Two at once may both do it, to the same end: there is nothing here that only one can do. */
    @Override
    boolean redrive(KvWriter kv, QueueSender sender, String taskId) throws Exception {
        Optional<Seen> dead = find(kv, taskId);
        Optional<Posted> posted = dead.isPresent() ? posted(kv, taskId) : Optional.empty();
        if (posted.isEmpty() || dead.orElseThrow().status() != Status.FAILED) {
            return false;
        }
        Round next = new Round(taskId, dead.get().round().drive() + 1);
        PutOptions expiring = expiring(posted.get().expiresAt());
        kv.put(DRIVE + taskId, KvValue.of(Long.toString(next.drive())), expiring);
        kv.put(waiting(now(), taskId), YES, expiring);
        tell(kv, next, Status.PENDING, expiring);
        sender.send(Steps.body(next.message(), posted.get().payload()));
        return true;
    }

    @Override
    Looking looking(KvReader kv) {
        Map<String, Long> shown = new HashMap<>();
        boolean[] looked = {false};
        return out -> {
            boolean first = !looked[0];
            looked[0] = true;
            List<Told> changes = changes(kv);
            for (int i = 0; i < changes.size(); i++) {
                Told change = changes.get(i);
                String taskId = change.round().taskId();
                boolean isNew = change.place() > shown.getOrDefault(taskId, 0L);
                if (isNew && !(first && isFollowed(changes, i))) {
                    shown.put(taskId, change.place());
                    out.emit(new TaskFeed.Change(taskId, change.status().word()));
                }
            }
        };
    }

    /** Who begins to watch is shown where tasks stand, not how they came there. */
    private static boolean isFollowed(List<Told> changes, int index) {
        Told change = changes.get(index);
        for (Told later : changes.subList(index + 1, changes.size())) {
            if (later.round().taskId().equals(change.round().taskId())
                    && later.place() > change.place()) {
                return true;
            }
        }
        return false;
    }

    /** The newest, in their order. */
    private static List<Told> changes(KvReader kv) {
        List<Told> changes = new ArrayList<>();
        for (KvKey key : kv.list(KvQuery.prefix(CHANGE).limit(RECENT)).keys()) {
            String name = key.name();
            int status = name.lastIndexOf(':');
            int drive = name.lastIndexOf(':', status - 1);
            int id = name.indexOf(':', CHANGE.length());
            Round round =
                    new Round(
                            name.substring(id + 1, drive),
                            Long.parseLong(name.substring(drive + 1, status)));
            changes.add(
                    new Told(
                            round,
                            Status.ofWord(name.substring(status + 1)),
                            END_OF_TIME - Long.parseLong(name.substring(CHANGE.length(), id))));
        }
        changes.sort(Comparator.comparingLong(Told::second).thenComparingLong(Told::place));
        return changes;
    }

    /** Keys expire by themselves. */
    @Override
    public Flow<Sweep, Swept> sweep() {
        return Steps.nothingToSweep();
    }

    @Override
    long resend(KvWriter kv, QueueSender sender) throws Exception {
        long sent = 0;
        for (KvKey key : kv.list(KvQuery.prefix(WAITING).limit(MOST_SENT)).keys()) {
            int end = key.name().lastIndexOf(':');
            String taskId = key.name().substring(end + 1);
            long second = Long.parseLong(key.name().substring(WAITING.length(), end));
            if (second >= now() - UNCLAIMED_SECONDS) {
                return sent;
            }
            Optional<Seen> task = find(kv, taskId);
            Optional<Posted> posted = posted(kv, taskId);
            if (posted.isPresent() && task.isPresent() && task.get().status() == Status.PENDING) {
                sender.send(Steps.body(task.get().round().message(), posted.get().payload()));
                kv.put(waiting(now(), taskId), YES, expiring(posted.get().expiresAt()));
                sent++;
            }
            kv.delete(key.name());
        }
        return sent;
    }
}
