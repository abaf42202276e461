package dev.flowir.examples.microcos;

import dev.flowir.examples.microcos.Chats.Work;
import dev.flowir.examples.microcos.Inputs.Accepted;
import dev.flowir.examples.microcos.Inputs.Action;
import dev.flowir.examples.microcos.Inputs.Answer;
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
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeContext;
import dev.flowir.object.ObjectWriter;
import dev.flowir.object.log.Appended;
import dev.flowir.object.log.EventIds;
import dev.flowir.object.log.LogSnapshot;
import dev.flowir.object.log.LogView;
import dev.flowir.object.log.NewEvent;

/** What answers requests: look at what comes in, put it in the log, begin what follows; look. */
final class ChatFlows {

    static final String VERSION = "1.1.0";

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
                chats.append(
                        objects, valid.user(), asked, () -> begin.work(valid.type(), work, valid));
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
}
