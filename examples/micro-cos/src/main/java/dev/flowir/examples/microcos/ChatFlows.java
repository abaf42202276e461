package dev.flowir.examples.microcos;

import dev.flowir.examples.microcos.Chats.Snapshot;
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

/**
 * What answers requests: look at what comes in, put it in the log, begin what follows; look. How
 * work begins is a node that differs between worlds.
 */
final class ChatFlows {

    static final String VERSION = "1.1.0";

    private final Chats chats;
    private final Node<Valid, Answer> accept;

    /**
     * The flows.
     *
     * @param accept puts what is valid into the log, and begins what follows
     */
    ChatFlows(Chats chats, Node<Valid, Answer> accept) {
        this.chats = chats;
        this.accept = accept;
    }

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

    Flow<Look, Snapshot> look() {
        Node<Look, Snapshot> look =
                Node.reads(
                        "look",
                        Look.class,
                        Snapshot.class,
                        Chats.LOOK,
                        (objects, in, context) -> chats.look(objects, in.user()));
        return Flow.define("chat-look", VERSION, Look.class, (g, in) -> g.then(in, look));
    }
}
