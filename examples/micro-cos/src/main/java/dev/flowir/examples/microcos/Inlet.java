package dev.flowir.examples.microcos;

import dev.flowir.examples.microcos.Chats.Put;
import dev.flowir.examples.microcos.Chats.Told;
import dev.flowir.examples.microcos.Chats.Work;
import dev.flowir.examples.microcos.Inputs.Accepted;
import dev.flowir.examples.microcos.Inputs.Answer;
import dev.flowir.examples.microcos.Inputs.Valid;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeContext;
import dev.flowir.object.ObjectWriter;
import dev.flowir.object.log.EventIds;

/** Takes what is valid where chats and runs share a store: in one transaction. */
final class Inlet {

    private final Chats chats;
    private final EventIds ids;
    private final Begin begin;

    Inlet(Chats chats, EventIds ids, Begin begin) {
        this.chats = chats;
        this.ids = ids;
        this.begin = begin;
    }

    Node<Valid, Answer> accept() {
        return Node.effect("accept", Valid.class, Answer.class, Chats.TELL, this::accept);
    }

    private Answer accept(ObjectWriter objects, Valid valid, NodeContext context) {
        Wanted wanted = Wanted.of(valid, ids::next);
        Work work = wanted.work();
        Runnable follows = () -> begin.work(valid.type(), work, valid);
        if (valid.said().isEmpty()) {
            // Work that begins without an event: what it brings about is one.
            long version =
                    chats.of(objects, valid.user())
                            .call(log -> {
                                log.inCommit(follows);
                                return log.version();
                            });
            return wanted.asked(version);
        }
        Planning.note(objects, valid.user());
        Told told = wanted.told(valid.said().get());
        Put put = chats.append(objects, valid.user(), told, follows);
        return wanted.accepted(put);
    }

    /**
     * What is wanted, with ids for what the request brought none for.
     *
     * @param valid what is to be done
     * @param event id of the event
     * @param work what follows
     */
    record Wanted(Valid valid, String event, Work work) {

        static Wanted of(Valid valid, java.util.function.Supplier<String> ids) {
            String request = valid.ids().requestId().orElseGet(ids);
            String event = valid.ids().eventId().orElseGet(ids);
            String operation =
                    valid.said().isEmpty() ? valid.ids().clientActionId().orElse(event) : event;
            return new Wanted(valid, event, new Work(valid.user(), operation, request));
        }

        /** The event that is appended. */
        Told told(Said said) {
            return Chats.event(work, valid.type(), event, said).by(valid.ids().clientActionId());
        }

        /** The answer when it is in the log. */
        Accepted accepted(Put put) {
            return new Accepted(
                    put.eventId(),
                    put.version(),
                    valid.ids().clientActionId(),
                    work.requestId(),
                    put.eventId());
        }

        /** The answer when work begins without an event. */
        Accepted asked(long version) {
            return new Accepted(
                    event,
                    version,
                    valid.ids().clientActionId(),
                    work.requestId(),
                    work.operationId());
        }
    }
}
