package dev.flowir.examples.microcos;

import dev.flowir.examples.microcos.Chats.Put;
import dev.flowir.examples.microcos.EdgeWork.Job;
import dev.flowir.examples.microcos.Inlet.Wanted;
import dev.flowir.examples.microcos.Inputs.Answer;
import dev.flowir.examples.microcos.Inputs.Valid;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.WriteToken;
import dev.flowir.object.ObjectWriter;
import dev.flowir.object.log.EventIds;
import dev.flowir.queue.Body;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.Queues;
import java.util.Optional;

/**
 * Takes what is valid at the edge, where a chat and its work share no transaction: the event first,
 * what begins its work second: a durable run for a date, a message for everything else. Who gets no
 * answer sends the same again; the event is known then, and its work begins once more unless it is
 * done, or is a run, which begins once.
 */
final class EdgeInlet {

    private final Chats chats;
    private final EventIds ids;
    private final WriteToken<QueueSender> queue;

    EdgeInlet(Chats chats, EventIds ids, String queue) {
        this.chats = chats;
        this.ids = ids;
        this.queue = Queues.publisher(queue);
    }

    Node<Valid, Answer> accept() {
        return Node.effect(
                "accept",
                Valid.class,
                Answer.class,
                Chats.TELL,
                queue,
                EdgeWork.DATES,
                this::accept);
    }

    private Answer accept(
            ObjectWriter objects,
            QueueSender sender,
            QueueSender dates,
            Valid valid,
            NodeContext context)
            throws CodecException {
        Wanted wanted = Wanted.of(valid, ids::next);
        if (valid.said().isEmpty()) {
            send(sender, EdgeWork.of(wanted));
            return wanted.asked(chats.look(objects, valid.user()).version());
        }
        Planning.note(objects, valid.user());
        Put put = chats.append(objects, valid.user(), wanted.told(valid.said().get()));
        if (put.eventId().equals(wanted.event())) {
            send(sender, EdgeWork.of(wanted));
            if (valid.said().get() instanceof Said.CalendarAdded(String title, String date)) {
                dates.send(Body.of(new Travel.Entry(wanted.work(), title, date), EdgeWork.ENTRY));
            }
        }
        return wanted.accepted(put);
    }

    private static void send(QueueSender sender, Optional<Job> job) throws CodecException {
        if (job.isPresent()) {
            sender.send(Body.of(job.get(), EdgeWork.JOB));
        }
    }
}
