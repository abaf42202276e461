package dev.flowir.durable;

import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.RunRow;
import java.util.List;
import java.util.Optional;

/** Brings runs what they wait for from outside: signals, and answers of people. */
final class Deliveries {

    private final Engine engine;
    private final Readings readings;

    Deliveries(Engine engine, Readings readings) {
        this.engine = engine;
        this.readings = readings;
    }

    void signal(RunRow row, String name, Optional<String> key, Object payload) {
        String address = Names.signal(name, key);
        PinnedFlow flow = engine.versions().find(row);
        Payload encoded = Names.signalPayload(flow, name, key.isPresent(), payload);
        Names.ensureSize("the signal", encoded.size(), engine.limits().maxPayloadBytes());
        boolean taken =
                engine.bring(
                        row.run(),
                        (core, at) -> List.of(new Entry.Signalled(at, address, encoded)));
        if (!taken) {
            throw new JournalException(
                    JournalFault.FULL,
                    "too many signals wait in run '" + row.id() + "', or it ended");
        }
    }

    void answer(RunRow row, String node, Enum<?> answer, String by) {
        PinnedFlow flow = engine.versions().find(row);
        Names.Answer encoded = Names.answer(flow, node, answer, by);
        boolean taken =
                engine.bring(
                        row.run(),
                        (core, at) ->
                                List.of(
                                        new Entry.Answered(
                                                at, encoded.node(), encoded.payload(), by)));
        if (!taken) {
            throw new JournalException(
                    JournalFault.NOT_ASKED,
                    "node '"
                            + node
                            + "' of run '"
                            + row.id()
                            + "' asks nothing: "
                            + why(row, node));
        }
    }

    private String why(RunRow row, String node) {
        return readings.history(row.id()).stream()
                .filter(event -> event.what().startsWith("'" + node + "' answered by "))
                .reduce((earlier, later) -> later)
                .map(event -> event.what() + " at " + event.at() + " with " + event.payload())
                .orElse("it has not come so far, or its time is over");
    }
}
