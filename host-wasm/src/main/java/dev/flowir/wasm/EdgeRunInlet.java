package dev.flowir.wasm;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.Flow;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.queue.Outgoing;
import dev.flowir.queue.QueueMetrics;
import dev.flowir.queue.QueueRemote;
import dev.flowir.queue.RemoteQueue;
import dev.flowir.queue.Sent;
import dev.flowir.wasm.json.EdgeCodec;
import dev.flowir.wasm.json.FormBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Where nodes send what becomes durable runs instead of messages. A run that is there already is
 * not begun again, and that is no failure.
 */
final class EdgeRunInlet<I> implements QueueRemote {

    private final Flow<I, ?> flow;
    private final Function<I, String> run;

    private EdgeRunInlet(Flow<I, ?> flow, Function<I, String> run) {
        this.flow = flow;
        this.run = run;
    }

    static <I> CapabilityProvider provider(
            String binding, Flow<I, ?> flow, Function<I, String> run) {
        Descriptor descriptor =
                new Descriptor(
                        Descriptor.Consistency.STRONG,
                        Descriptor.Durability.REPLICATED,
                        Descriptor.Ttl.NONE,
                        Descriptor.Order.NONE,
                        Set.of());
        return new RemoteQueue("queue.runs", binding, new EdgeRunInlet<>(flow, run), descriptor);
    }

    @Override
    public Sent send(List<Outgoing> messages) {
        List<String> begun = new ArrayList<>();
        for (Outgoing message : messages) {
            if (message.options().delay().isPresent()) {
                throw new JournalException(
                        JournalFault.INVALID,
                        "a run begins at once; let its first node wait instead of its message");
            }
            begun.add(begin(message.body().text()));
        }
        return new Sent(begun, new QueueMetrics(0, 0, Optional.empty()));
    }

    private String begin(String text) {
        EdgeCodec<I> codec = FormBook.ofWorker().edge(flow.input());
        String id;
        String input;
        try {
            I read = codec.read(text);
            id = run.apply(read);
            input = codec.write(read);
        } catch (CodecException foreign) {
            throw new JournalException(
                    JournalFault.INVALID,
                    "this is no input of '" + flow.name() + "': " + foreign.getMessage(),
                    foreign);
        }
        if (!EdgeRunDesk.isRun(id)) {
            throw new JournalException(JournalFault.INVALID, "'" + id + "' " + EdgeRunDesk.NO_RUN);
        }
        EdgeRunDesk.Answer answer = EdgeRunDesk.reach(id, "start", flow.name() + "\n" + input);
        if (answer.refused()) {
            String why = "run '" + id + "' was not begun: " + answer.text();
            throw answer.known()
                    .<RuntimeException>map(fault -> new JournalException(fault, why))
                    .orElseGet(() -> new IllegalStateException(why));
        }
        return id;
    }
}
