package dev.flowir.durable;

import dev.flowir.ir.JsonValue;
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
    private final Along along;

    Deliveries(Engine engine, Readings readings, Along along) {
        this.engine = engine;
        this.readings = readings;
        this.along = along;
    }

    void signal(RunRow row, String name, Optional<String> key, Object payload) {
        String address = Names.signal(name, key);
        PinnedFlow flow = engine.versions().find(row);
        int node = Names.waits(flow, name, key.isPresent());
        keep(row, address, Names.signalPayload(flow, node, name, payload));
    }

    /** A signal of which only the JSON is known. */
    void signalJson(RunRow row, String name, Optional<String> key, JsonValue payload) {
        String address = Names.signal(name, key);
        PinnedFlow flow = engine.versions().find(row);
        int node = Names.waits(flow, name, key.isPresent());
        keep(row, address, Names.signalJson(flow, node, name, payload));
    }

    private void keep(RunRow row, String address, Payload encoded) {
        Names.ensureSize("the signal", encoded.size(), engine.limits().maxPayloadBytes());
        boolean taken =
                engine.bring(
                        row.run(),
                        along.with(
                                (core, at) -> List.of(new Entry.Signalled(at, address, encoded))));
        if (!taken) {
            throw new JournalException(
                    JournalFault.FULL,
                    "too many signals wait in run '" + row.id() + "', or it ended");
        }
    }

    void answer(RunRow row, String node, Enum<?> answer, String by) {
        answer(row, node, Names.answer(engine.versions().find(row), node, answer, by), by);
    }

    /** An answer of which only the name is known. */
    void answerNamed(RunRow row, String node, String answer, String by) {
        answer(row, node, Names.answer(engine.versions().find(row), node, answer, by), by);
    }

    private void answer(RunRow row, String node, Names.Answer encoded, String by) {
        boolean taken =
                engine.bring(
                        row.run(),
                        along.with((core, at) ->
                                List.of(
                                        new Entry.Answered(
                                                at, encoded.node(), encoded.payload(), by))));
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
