package dev.flowir.examples.microcos;

import dev.flowir.examples.microcos.Chats.Work;
import dev.flowir.examples.microcos.Inputs.Accepted;
import dev.flowir.examples.microcos.Inputs.Action;
import dev.flowir.examples.microcos.Inputs.Answer;
import dev.flowir.examples.microcos.Inputs.Follow;
import dev.flowir.examples.microcos.Inputs.Look;
import dev.flowir.examples.microcos.Inputs.PatchTask;
import dev.flowir.examples.microcos.Inputs.PostDate;
import dev.flowir.examples.microcos.Inputs.PostMessage;
import dev.flowir.examples.microcos.Inputs.PostPlan;
import dev.flowir.examples.microcos.Inputs.PostTask;
import dev.flowir.examples.microcos.Inputs.Rejected;
import dev.flowir.examples.microcos.Inputs.Valid;
import dev.flowir.ir.Body;
import dev.flowir.ir.Flow;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeContext;
import dev.flowir.object.ObjectViewRef;
import dev.flowir.object.ObjectWriter;
import dev.flowir.object.log.Appended;
import dev.flowir.object.log.EventIds;
import dev.flowir.object.log.Frame;
import dev.flowir.object.log.LogSnapshot;
import dev.flowir.object.log.LogView;
import dev.flowir.object.log.NewEvent;
import dev.flowir.object.log.Slow;
import dev.flowir.object.log.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What answers requests: look at what comes in, put it in the log, begin what follows. */
final class ChatFlows {

    static final String VERSION = "1.0.0";

    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final Chats chats;
    private final EventIds ids;
    private final Begin begin;

    ChatFlows(Chats chats, EventIds ids, Begin begin) {
        this.chats = chats;
        this.ids = ids;
        this.begin = begin;
    }

    /**
     * A state as it is sent: version 0 and the empty chat when nobody said anything yet.
     *
     * @param version the last event in it
     * @param chat the state
     */
    record Snapshot(long version, Chat chat) {}

    /**
     * What a follower gets: a state first, then events.
     *
     * @param version of the state or the event
     * @param snapshot the state
     * @param event the event, in its envelope
     */
    record Pushed(long version, Optional<Chat> snapshot, Optional<JsonValue> event) {}

    Flow<PostMessage, Answer> message() {
        return accepting("chat-message", PostMessage.class, Inputs::check);
    }

    Flow<PostTask, Answer> task() {
        return accepting("task-create", PostTask.class, Inputs::check);
    }

    Flow<PatchTask, Answer> change() {
        return accepting("task-update", PatchTask.class, Inputs::check);
    }

    Flow<PostPlan, Answer> plan() {
        return accepting("plan", PostPlan.class, Inputs::check);
    }

    Flow<PostDate, Answer> date() {
        return accepting("calendar", PostDate.class, Inputs::check);
    }

    private <I> Flow<I, Answer> accepting(String name, Class<I> input, Body.Pure<I, Action> check) {
        Node<I, Action> checked = Node.pure("check", input, Action.class, check);
        Node<Valid, Answer> accept =
                Node.effect("accept", Valid.class, Answer.class, Chats.TELL, this::accept);
        Node<Rejected, Answer> reject =
                Node.pure("reject", Rejected.class, Answer.class, rejected -> rejected);
        return Flow.define(
                name,
                VERSION,
                input,
                (g, in) ->
                        g.choose(g.then(in, checked), Action.class, Answer.class)
                                .on(Valid.class, accept)
                                .on(Rejected.class, reject)
                                .merge("answer"));
    }

    private Answer accept(ObjectWriter objects, Valid valid, NodeContext context) {
        String request = valid.ids().requestId().orElseGet(ids::next);
        String event = valid.ids().eventId().orElseGet(ids::next);
        if (valid.said().isEmpty()) {
            return asked(objects, valid, request, event);
        }
        Planning.note(objects, valid.user());
        Work work = new Work(valid.user(), event, request);
        NewEvent<Said> said = Chats.event(work, valid.type(), event, valid.said().get());
        NewEvent<Said> asked =
                valid.ids().clientActionId().map(said::withClientActionId).orElse(said);
        Appended<Said> done =
                chats.of(objects, valid.user())
                        .call(log -> {
                            Appended<Said> appended = log.append(asked);
                            if (appended instanceof Appended.Accepted<Said>) {
                                log.inCommit(() -> begin.work(valid.type(), work, valid));
                            }
                            return appended;
                        });
        return new Accepted(
                done.eventId(),
                done.version(),
                valid.ids().clientActionId(),
                request,
                done.eventId());
    }

    /** Work that begins without an event: what it brings about is one. */
    private Answer asked(ObjectWriter objects, Valid valid, String request, String event) {
        String operation = valid.ids().clientActionId().orElse(event);
        Work work = new Work(valid.user(), operation, request);
        long version =
                chats.of(objects, valid.user())
                        .call(log -> {
                            log.inCommit(() -> begin.work(valid.type(), work, valid));
                            return log.version();
                        });
        return new Accepted(event, version, valid.ids().clientActionId(), request, operation);
    }

    Flow<Look, Snapshot> look() {
        Node<Look, Snapshot> look =
                Node.reads(
                        "look",
                        Look.class,
                        Snapshot.class,
                        Chats.LOOK,
                        (objects, in, context) ->
                                snapshot(chats.of(objects, in.user()).read(LogView::snapshot)));
        return Flow.define("chat-look", VERSION, Look.class, (g, in) -> g.then(in, look));
    }

    private static Snapshot snapshot(LogSnapshot<Chat> there) {
        return new Snapshot(there.version(), there.state());
    }

    Flow<Follow, ItemStream<Pushed>> follow() {
        Node<Follow, ItemStream<Pushed>> follow =
                Node.streams(
                        "follow",
                        Follow.class,
                        Pushed.class,
                        Chats.LOOK,
                        (objects, in, out, context) -> {
                            ObjectViewRef<LogView<Chat, Said>> chat = chats.of(objects, in.user());
                            try (Subscription<Chat, Said> frames = subscribed(chat, in)) {
                                while (!context.cancelled()) {
                                    Optional<Frame<Chat, Said>> frame = frames.next(SILENCE);
                                    if (frame.isPresent() && frame.get() instanceof Frame.Ended) {
                                        return;
                                    }
                                    for (Pushed pushed : pushed(frame)) {
                                        out.emit(pushed);
                                    }
                                }
                            }
                        });
        return Flow.define("chat-follow", VERSION, Follow.class, (g, in) -> g.then(in, follow));
    }

    private Subscription<Chat, Said> subscribed(
            ObjectViewRef<LogView<Chat, Said>> chat, Follow in) {
        OptionalLong after = version(in.after());
        return after.isPresent()
                ? chats.logs().subscribe(chat, after.getAsLong(), Slow.TO_SNAPSHOT)
                : chats.logs().subscribe(chat, Slow.TO_SNAPSHOT);
    }

    /** What a client says it has seen; anything but a version means nothing. */
    static OptionalLong version(Optional<String> text) {
        if (text.isEmpty() || !text.get().matches("\\d{1,18}")) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(text.get()));
    }

    private List<Pushed> pushed(Optional<Frame<Chat, Said>> frame) {
        if (frame.isEmpty()) {
            return List.of();
        }
        return switch (frame.get()) {
            case Frame.State<Chat, Said>(LogSnapshot<Chat>(long version, Chat state)) ->
                    List.of(new Pushed(version, Optional.of(state), Optional.empty()));
            case Frame.Event<Chat, Said> event ->
                    List.of(
                            new Pushed(
                                    event.envelope().version(),
                                    Optional.empty(),
                                    Optional.of(chats.logs().json(event.envelope()))));
            case Frame.Ended<Chat, Said> ended -> List.of();
        };
    }
}
