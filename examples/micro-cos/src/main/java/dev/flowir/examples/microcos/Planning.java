package dev.flowir.examples.microcos;

import dev.flowir.examples.microcos.Chats.Work;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.Type;
import dev.flowir.ir.Waits;
import dev.flowir.object.Entries;
import dev.flowir.object.ObjectCall;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.ObjectWriter;
import dev.flowir.object.StoredKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The plan of a day: for one who asks, and each morning for everyone. */
final class Planning {

    /** Tasks of a plan: what fits a day. */
    static final int MAX_PLANNED = 10;

    /** When people are reminded, after their day began: at eight. */
    private static final long MORNING_MILLIS = 8 * 3_600_000L;

    private static final String DIRECTORY = "everyone";

    private final Chats chats;

    Planning(Chats chats) {
        this.chats = chats;
    }

    /** A plan that is wanted: one for each user and day, however often it is asked for. */
    record Wanted(Work work, String day) {}

    /** A morning. */
    record Morning(String day) {}

    /**
     * Somebody wants to be reminded.
     *
     * @param work what it follows from
     * @param id of the event, and of the run that waits
     * @param title of what
     * @param epochMillis when
     */
    record Reminder(Work work, String id, String title, long epochMillis) {

        /** A reminder for the morning of a day; empty when the text is none. */
        static Optional<Reminder> of(Work work, String id, String title, String day) {
            OptionalLong begins = Days.millis(day);
            return begins.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new Reminder(work, id, title, begins.getAsLong() + MORNING_MILLIS));
        }
    }

    /** Names of those who have a chat. */
    record Users(List<String> names) {}

    /** Who has a chat. One object, which every first message tells a name. */
    static final class Directory {

        static final ObjectCall<Directory, String, Boolean> ADD =
                ObjectCall.of("add", String.class, Boolean.class, Directory::add);
        static final ObjectCall<Directory, String, Users> USERS =
                ObjectCall.of(
                        "users",
                        String.class,
                        Users.class,
                        (directory, none) -> new Users(directory.users()));

        static final ObjectClass<Directory> CLASS =
                ObjectClass.of("directory", Directory::new)
                        .calls(ADD, USERS)
                        .keeps(StoredKey.of("user", Boolean.class));

        private final ObjectContext self;

        Directory(ObjectContext self) {
            this.self = self;
        }

        boolean add(String user) {
            StoredKey<Boolean> key = StoredKey.of(user, Boolean.class);
            if (self.storage().get(key).isPresent()) {
                return false;
            }
            self.storage().put(key, true);
            return true;
        }

        List<String> users() {
            return List.copyOf(self.storage().list(Entries.all(), Boolean.class).sequencedKeySet());
        }
    }

    /** Tells the directory a name. */
    static void note(ObjectWriter objects, String user) {
        objects.of(Directory.CLASS).named(DIRECTORY).call(Directory.ADD, user);
    }

    Flow<Wanted, Answering.Done> plan() {
        return Flow.define(
                "plan-day", ChatFlows.VERSION, Wanted.class, (g, in) -> g.then(in, planned()));
    }

    Flow<Morning, List<Answering.Done>> mornings() {
        Node<Morning, List<Wanted>> users =
                Node.effect(
                        "users",
                        Type.of(Morning.class),
                        Type.listOf(Wanted.class),
                        Chats.TELL,
                        (objects, in, context) ->
                                objects
                                        .of(Directory.CLASS)
                                        .named(DIRECTORY)
                                        .call(Directory.USERS, "")
                                        .names()
                                        .stream()
                                        .map(user -> wanted(user, in.day(), context))
                                        .toList());
        return Flow.define(
                "mornings",
                ChatFlows.VERSION,
                Morning.class,
                (g, in) -> g.each(g.then(in, users), 4, planned()));
    }

    /** {@code reminder.set}: wait for the day, and say so. */
    Flow<Reminder, Answering.Done> reminder() {
        Node<Reminder, Answering.Done> due =
                Node.effect(
                        "due",
                        Reminder.class,
                        Answering.Done.class,
                        Chats.TELL,
                        (objects, in, context) -> {
                            chats.append(
                                    objects,
                                    in.work(),
                                    "reminder.due",
                                    in.id() + ".due",
                                    new Said.ReminderDue(in.title()));
                            return new Answering.Done(in.work(), "reminded");
                        });
        return Flow.define(
                "reminder",
                ChatFlows.VERSION,
                Reminder.class,
                (g, in) ->
                        g.then(
                                g.then(
                                        in,
                                        Waits.sleepUntil(
                                                "day", Reminder.class, Reminder::epochMillis)),
                                due));
    }

    private static Wanted wanted(String user, String day, NodeContext context) {
        // an event is named after it, and a platform's moments have a character that those have not
        String morning = context.runId().replace('@', '-');
        return new Wanted(new Work(user, morning, morning), day);
    }

    private Node<Wanted, Answering.Done> planned() {
        return Node.effect(
                "plan",
                Wanted.class,
                Answering.Done.class,
                Chats.TELL,
                (objects, in, context) -> {
                    Chat chat = chats.state(objects, in.work().user());
                    List<Chat.Task> tasks =
                            chat.tasks().stream()
                                    .filter(task -> !task.done())
                                    .limit(MAX_PLANNED)
                                    .toList();
                    chats.append(
                            objects,
                            in.work(),
                            "workflow.daily_plan",
                            in.work().operationId() + ".plan",
                            new Said.DailyPlan(in.day(), tasks));
                    return new Answering.Done(in.work(), "planned");
                });
    }
}
