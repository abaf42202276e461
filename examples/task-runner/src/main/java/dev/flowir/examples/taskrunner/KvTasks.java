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
import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Guarantee;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.ReadToken;
import dev.flowir.ir.Type;
import dev.flowir.ir.WriteToken;
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
 * read, so that a message that comes twice moves nothing back.
 */
final class KvTasks implements TaskFlows {

    private static final String TASK = "task:";
    private static final String LETTER = "letter:";
    private static final Codec<Task> TASKS = JsonCodecs.strict().of(Type.of(Task.class));
    private static final Codec<Letter> LETTERS = JsonCodecs.strict().of(Type.of(Letter.class));

    private final TaskFeed feed;
    private final InstantSource clock;
    private final Node<Claimed, Worked> work;
    private final ReadToken<KvReader> reader;
    private final WriteToken<KvAtomicWriter> writer;
    private final WriteToken<QueueSender> queue;

    KvTasks(Settings settings, TaskFeed feed, InstantSource clock) {
        this.feed = feed;
        this.clock = clock;
        this.work = Steps.work(settings);
        this.reader = Kv.reader(settings.namespace());
        this.writer = Kv.atomicWriter(settings.namespace()).requiring(Guarantee.EXPIRY);
        this.queue = Queues.publisher(settings.queue());
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
            KvAtomicWriter kv, QueueSender sender, JsonValue payload, NodeContext context)
            throws CodecException {
        String taskId = Steps.newTaskId(context);
        long expires = clock.instant().plus(Settings.TIME_TO_LIVE).getEpochSecond();
        Task task =
                new Task(taskId, Status.PENDING, Steps.text(payload), expires, Optional.empty());
        kv.putIfAbsent(TASK + taskId, KvValue.of(task, TASKS), expiring(task));
        feed.publish(taskId, Status.PENDING);
        try {
            sender.send(Steps.body(taskId, task.payload()));
        } catch (QueueException refused) {
            // nobody was told of it; a message that was stored all the same finds no task
            kv.delete(TASK + taskId);
            throw refused;
        }
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
                        (kv, ref, context) -> {
                            Optional<Task> task = find(kv, ref.taskId());
                            return task.isPresent()
                                    ? new Found(ref.taskId(), task.get().status().word())
                                    : new NotFound();
                        });
        return Flow.define(
                "task-read", Steps.VERSION, TaskRef.class, (g, ref) -> g.then(ref, look));
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
    public Flow<TaskMessage, Handled> process(Shape shape) {
        Node<TaskMessage, Claim> claim =
                Node.effect(
                        "claim",
                        TaskMessage.class,
                        Claim.class,
                        writer,
                        (kv, message, context) ->
                                move(
                                                kv,
                                                message.taskId(),
                                                Status.PROCESSING,
                                                List.of(Status.PENDING, Status.PROCESSING))
                                        ? new Claimed(message.taskId(), message.payload())
                                        : new Over(message.taskId()));
        Node<Worked, Handled> finish =
                Node.effect(
                        "finish",
                        Worked.class,
                        Handled.class,
                        writer,
                        (kv, done, context) -> {
                            move(kv, done.taskId(), Status.COMPLETED, List.of(Status.PROCESSING));
                            return new Handled(done.taskId());
                        });
        return shape.of(claim, work, finish);
    }

    /** Moves a task that has one of the statuses; false when it has none of them. */
    private boolean move(KvAtomicWriter kv, String taskId, Status to, List<Status> from)
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
                feed.publish(taskId, to);
                return true;
            }
        }
    }

    @Override
    public Flow<Letter, Handled> bury() {
        Node<Letter, Handled> bury =
                Node.effect(
                        "bury",
                        Letter.class,
                        Handled.class,
                        writer,
                        (kv, letter, context) -> {
                            Optional<Task> task = find(kv, letter.taskId());
                            if (task.isPresent() && task.get().status() != Status.COMPLETED) {
                                kv.put(
                                        LETTER + letter.taskId(),
                                        KvValue.of(letter, LETTERS),
                                        expiring(task.get()));
                                move(
                                        kv,
                                        letter.taskId(),
                                        Status.FAILED,
                                        List.of(Status.PENDING, Status.PROCESSING));
                            }
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
                        (kv, nothing, context) -> {
                            List<Letter> letters = new ArrayList<>();
                            for (KvKey key : kv.list(KvQuery.prefix(LETTER).limit(100)).keys()) {
                                Optional<KvEntry> entry = kv.getWithMetadata(key.name());
                                String taskId = key.name().substring(LETTER.length());
                                if (entry.isPresent() && failed(kv, taskId)) {
                                    letters.add(entry.get().value().as(LETTERS));
                                }
                            }
                            return new Letters(letters);
                        });
        return Flow.define(
                "task-letters", Steps.VERSION, Nothing.class, (g, none) -> g.then(none, list));
    }

    /** A letter counts while its task is failed; a crash in a redrive may leave an older one. */
    private static boolean failed(KvReader kv, String taskId) throws CodecException {
        Optional<Task> task = find(kv, taskId);
        return task.isPresent() && task.get().status() == Status.FAILED;
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
                        (kv, sender, ref, context) -> {
                            Optional<KvEntry> letter =
                                    ref.taskId().length() > 64
                                            ? Optional.empty()
                                            : kv.getWithMetadata(LETTER + ref.taskId());
                            if (letter.isEmpty()) {
                                return new Redriven(ref.taskId(), 0);
                            }
                            // of two redrives only one moves it; what a crash then leaves without
                            // a message is pending, and sent at the next start
                            if (!move(kv, ref.taskId(), Status.PENDING, List.of(Status.FAILED))) {
                                return new Redriven(ref.taskId(), 0);
                            }
                            // before the message: it may die again and leave a new letter
                            kv.delete(LETTER + ref.taskId());
                            String payload = letter.get().value().as(LETTERS).payload();
                            sender.send(Steps.body(ref.taskId(), payload));
                            return new Redriven(ref.taskId(), 1);
                        });
        return Flow.define(
                "task-redrive", Steps.VERSION, TaskRef.class, (g, ref) -> g.then(ref, again));
    }

    @Override
    public Flow<Nothing, ItemStream<TaskFeed.Change>> events() {
        Node<Nothing, ItemStream<TaskFeed.Change>> watch =
                Node.streams(
                        "watch",
                        Nothing.class,
                        TaskFeed.Change.class,
                        reader,
                        (kv, nothing, out, context) -> {
                            try (TaskFeed.Watcher watcher = feed.watch()) {
                                Steps.tell(watcher, () -> some(kv), out);
                            }
                        });
        return Flow.define(
                "task-events", Steps.VERSION, Nothing.class, (g, none) -> g.then(none, watch));
    }

    private static List<TaskFeed.Change> some(KvReader kv) throws CodecException {
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
        Node<Nothing, Swept> resend =
                Node.effect(
                        "resend",
                        Nothing.class,
                        Swept.class,
                        writer,
                        queue,
                        (kv, sender, nothing, context) -> new Swept(resend(kv, sender)));
        return Flow.define(
                "task-recover", Steps.VERSION, Nothing.class, (g, none) -> g.then(none, resend));
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
