package dev.flowir.examples.taskrunner;

import dev.flowir.examples.taskrunner.Messages.Letter;
import dev.flowir.examples.taskrunner.Messages.Nothing;
import dev.flowir.examples.taskrunner.Messages.Sweep;
import dev.flowir.examples.taskrunner.Messages.Swept;
import dev.flowir.examples.taskrunner.Task.Status;
import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Guarantee;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kv.Kv;
import dev.flowir.kv.KvAtomicWriter;
import dev.flowir.kv.KvEntry;
import dev.flowir.kv.KvKey;
import dev.flowir.kv.KvPage;
import dev.flowir.kv.KvQuery;
import dev.flowir.kv.KvReader;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.PutOptions;
import dev.flowir.queue.QueueException;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.Queues;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tasks under keys that expire by themselves. Key and message cannot be counted on to commit
 * together (another binding may keep them apart), so the key is written first and {@link
 * #recover()} sends what a crash left without a message. Each change replaces the value that was
 * read.
 */
final class KvTasks extends WatchedTasks<KvReader, KvAtomicWriter> {

    private static final String TASK = "task:";
    private static final String LETTER = "letter:";
    private static final Codec<Task> TASKS = JsonCodecs.strict().of(Type.of(Task.class));
    private static final Codec<Letter> LETTERS = JsonCodecs.strict().of(Type.of(Letter.class));

    KvTasks(Settings settings, TaskFeed feed, InstantSource clock) {
        super(
                settings,
                feed,
                clock,
                Kv.reader(settings.namespace()),
                Kv.atomicWriter(settings.namespace()).requiring(Guarantee.EXPIRY),
                Queues.publisher(settings.queue()));
    }

    @Override
    void create(KvAtomicWriter kv, QueueSender sender, Task fresh) throws CodecException {
        kv.putIfAbsent(TASK + fresh.taskId(), KvValue.of(fresh, TASKS), expiring(fresh));
        feed().publish(fresh.taskId(), Status.PENDING);
        try {
            sender.send(Steps.body(fresh.taskId(), fresh.payload()));
        } catch (QueueException refused) {
            // nobody was told of it; a message that was stored all the same finds no task
            kv.delete(TASK + fresh.taskId());
            throw refused;
        }
    }

    @Override
    Optional<Status> status(KvReader kv, String taskId) throws CodecException {
        return find(kv, taskId).map(Task::status);
    }

    /** Ids that are no key of the store are unknown ids. */
    private static Optional<Task> find(KvReader kv, String taskId) throws CodecException {
        if (taskId.length() > 64) {
            return Optional.empty();
        }
        Optional<KvEntry> entry = kv.getWithMetadata(TASK + taskId);
        return entry.isPresent() ? Optional.of(entry.get().value().as(TASKS)) : Optional.empty();
    }

    @Override
    boolean move(KvAtomicWriter kv, String taskId, Status to, List<Status> from)
            throws CodecException {
        for (; ; ) {
            Optional<KvEntry> entry = kv.getWithMetadata(TASK + taskId);
            if (entry.isEmpty()) {
                return false;
            }
            Task before = entry.get().value().as(TASKS);
            if (!from.contains(before.status())) {
                return false;
            }
            if (before.status() == to) {
                return true;
            }
            Task after = before.at(to);
            if (kv.compareAndSet(
                    TASK + taskId,
                    entry.get().value(),
                    KvValue.of(after, TASKS),
                    expiring(after))) {
                feed().publish(taskId, to);
                return true;
            }
        }
    }

    @Override
    void bury(KvAtomicWriter kv, Letter letter, List<Status> open) throws CodecException {
        Optional<Task> task = find(kv, letter.taskId());
        if (task.isPresent() && task.get().status() != Status.COMPLETED) {
            kv.put(LETTER + letter.taskId(), KvValue.of(letter, LETTERS), expiring(task.get()));
            move(kv, letter.taskId(), Status.FAILED, open);
        }
    }

    @Override
    List<Letter> letters(KvReader kv) throws CodecException {
        List<Letter> letters = new ArrayList<>();
        for (KvKey key : kv.list(KvQuery.prefix(LETTER).limit(100)).keys()) {
            Optional<KvEntry> entry = kv.getWithMetadata(key.name());
            // a letter counts while its task is failed; a crash in a redrive may leave an older one
            Optional<Status> status = status(kv, key.name().substring(LETTER.length()));
            if (entry.isPresent() && status.equals(Optional.of(Status.FAILED))) {
                letters.add(entry.get().value().as(LETTERS));
            }
        }
        return letters;
    }

    @Override
    boolean redrive(KvAtomicWriter kv, QueueSender sender, String taskId) throws CodecException {
        Optional<KvEntry> letter =
                taskId.length() > 64 ? Optional.empty() : kv.getWithMetadata(LETTER + taskId);
        // of two redrives only one moves it; what a crash then leaves without a message is pending,
        // and sent at the next start
        if (letter.isEmpty() || !move(kv, taskId, Status.PENDING, List.of(Status.FAILED))) {
            return false;
        }
        // before the message: it may die again and leave a new letter
        kv.delete(LETTER + taskId);
        sender.send(Steps.body(taskId, letter.get().value().as(LETTERS).payload()));
        return true;
    }

    @Override
    List<TaskFeed.Change> recent(KvReader kv) throws CodecException {
        List<TaskFeed.Change> tasks = new ArrayList<>();
        for (KvKey key : kv.list(KvQuery.prefix(TASK).limit(200)).keys()) {
            Optional<Task> task = find(kv, key.name().substring(TASK.length()));
            if (task.isPresent()) {
                tasks.add(new TaskFeed.Change(task.get().taskId(), task.get().status().word()));
            }
        }
        return tasks;
    }

    /** Keys expire by themselves. */
    @Override
    public Flow<Sweep, Swept> sweep() {
        return Steps.nothingToSweep();
    }

    @Override
    public Flow<Nothing, Swept> recover() {
        return resending(KvTasks::resend);
    }

    private static long resend(KvAtomicWriter kv, QueueSender sender) throws CodecException {
        long sent = 0;
        KvQuery query = KvQuery.prefix(TASK);
        for (; ; ) {
            KvPage page = kv.list(query);
            for (KvKey key : page.keys()) {
                Optional<Task> task = find(kv, key.name().substring(TASK.length()));
                if (task.isPresent() && task.get().status() == Status.PENDING) {
                    sender.send(Steps.body(task.get().taskId(), task.get().payload()));
                    sent++;
                }
            }
            if (page.cursor().isEmpty()) {
                return sent;
            }
            query = query.after(page.cursor().get());
        }
    }

    private static PutOptions expiring(Task task) {
        return PutOptions.expiringAt(Instant.ofEpochSecond(task.expiresAt()));
    }
}
