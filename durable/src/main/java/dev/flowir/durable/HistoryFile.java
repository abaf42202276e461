package dev.flowir.durable;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Codecs;
import dev.flowir.ir.Flow;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kernel.FlowFailedException;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityModule;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.RecordCodec;
import dev.flowir.kernel.journal.Replay;
import dev.flowir.kernel.journal.RunRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run's records as text, one JSON object a line: the first says which run, each other one what
 * was recorded, for people and as bytes. Keep those of every release and replay them in the tests
 * of the next: a change of code that would strand runs is then found before it is deployed.
 */
public final class HistoryFile {

    private static final String FORMAT = "flowir-history-1";
    private static final Codec<JsonValue> JSON = JsonCodecs.strict().of(Type.of(JsonValue.class));

    private HistoryFile() {}

    static String write(PinnedFlow flow, RunRow row, List<Payload> records) {
        Map<String, JsonValue> head = new LinkedHashMap<>();
        head.put("format", JsonValue.text(FORMAT));
        head.put("run", JsonValue.text(row.id()));
        head.put("generation", JsonValue.number(row.generation()));
        head.put("flow", JsonValue.text(row.flow()));
        head.put("version", JsonValue.text(row.version()));
        head.put("plan", JsonValue.text(row.plan()));
        StringBuilder text = new StringBuilder();
        line(text, head);
        List<HistoryEvent> events = Histories.of(flow, row.id(), row.generation(), records);
        for (int i = 0; i < records.size(); i++) {
            Map<String, JsonValue> line = told(events.get(i));
            byte[] record = records.get(i).bytes();
            line.put("bytes", base64(record));
            RecordCodec.elsewhere(record)
                    .ifPresent(payload -> line.put("large", base64(flow.bytes(payload))));
            line(text, line);
        }
        return text.toString();
    }

    private static JsonValue base64(byte[] bytes) {
        return JsonValue.text(Base64.getEncoder().encodeToString(bytes));
    }

    private static Map<String, JsonValue> told(HistoryEvent event) {
        Map<String, JsonValue> line = new LinkedHashMap<>();
        line.put("record", JsonValue.number(event.number()));
        line.put("at", JsonValue.text(event.at().toString()));
        line.put("what", JsonValue.text(event.what()));
        line.put("payload", JsonValue.text(event.payload()));
        line.put("began", new JsonValue.Arr(event.began().stream().map(JsonValue::text).toList()));
        return line;
    }

    private static void line(StringBuilder text, Map<String, JsonValue> members) {
        try {
            byte[] bytes = JSON.encode(new JsonValue.Obj(members));
            text.append(new String(bytes, StandardCharsets.UTF_8)).append('\n');
        } catch (CodecException e) {
            throw new IllegalStateException("JSON can always be written", e);
        }
    }

    /**
     * Replays a history with the code of today.
     *
     * @param text what {@link DurableRuntime#export} gave
     * @param capabilities what the flow may use; nothing of it is called
     * @param flows flows that are loaded, among them the one of the history
     * @return how many records were replayed
     * @throws JournalException {@link JournalFault#DAMAGED} with the record that was touched,
     *     {@link JournalFault#NOT_LOADED}, or {@link JournalFault#DIVERGED} with the node
     * @throws FlowFailedException when a flow cannot run durably
     */
    public static int replay(String text, Capabilities capabilities, Flow<?, ?>... flows) {
        List<String> lines = text.lines().filter(it -> !it.isBlank()).toList();
        if (lines.isEmpty()) {
            throw damaged("it is empty");
        }
        Map<String, JsonValue> head = members("the first line", lines.get(0));
        if (!string(head, "format").equals(FORMAT)) {
            throw damaged("its first line does not say that its format is " + FORMAT);
        }
        String run = string(head, "run");
        int generation = generation(string(head, "generation"));
        MemoryPayloads large = new MemoryPayloads();
        PinnedFlow flow = flow(head, capabilities, large, flows);
        List<Payload> records = new ArrayList<>();
        List<Map<String, JsonValue>> told = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            int number = i;
            Map<String, JsonValue> line = members("record " + i, lines.get(i));
            Payload record = Payload.of(bytes(i, string(line, "bytes")));
            records.add(record);
            RecordCodec.elsewhere(record.bytes())
                    .flatMap(Payload::name)
                    .ifPresent(name -> large.keep(name, bytes(number, string(line, "large"))));
            line.remove("bytes");
            told.add(line);
        }
        List<HistoryEvent> events = Histories.of(flow, run, generation, records);
        for (int i = 0; i < events.size(); i++) {
            compare(i + 1, told.get(i), told(events.get(i)));
        }
        Replay.of(flow, run, generation, records);
        return records.size();
    }

    private static int generation(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw damaged("its generation is no number");
        }
    }

    private static PinnedFlow flow(
            Map<String, JsonValue> head,
            Capabilities capabilities,
            MemoryPayloads large,
            Flow<?, ?>... flows) {
        HintTable hints =
                CapabilityModule.hints(HintTable.FULL, HistoryFile.class.getClassLoader());
        Codecs codecs = JsonCodecs.strict();
        for (Flow<?, ?> flow : flows) {
            for (Flow<?, ?> version : versions(flow, string(head, "version"))) {
                switch (PinnedFlow.of(version, capabilities, hints, codecs, Optional.of(large))) {
                    case PinnedFlow.Refused refused ->
                            throw new FlowFailedException(refused.failure());
                    case PinnedFlow.Ready ready -> {
                        if (ready.flow().hash().equals(string(head, "plan"))) {
                            return ready.flow();
                        }
                    }
                }
            }
        }
        throw new JournalException(
                JournalFault.NOT_LOADED,
                "the history is one of flow '"
                        + string(head, "flow")
                        + "' version "
                        + string(head, "version")
                        + ", plan "
                        + string(head, "plan")
                        + ", and no flow given has that plan: runs like this one would be parked");
    }

    /** A flow, and what it was before when its markers say so. */
    private static List<Flow<?, ?>> versions(Flow<?, ?> flow, String earlier) {
        List<Flow<?, ?>> all = new ArrayList<>(List.of(flow));
        flow.asOf(earlier).ifPresent(all::add);
        return all;
    }

    private static void compare(
            int record, Map<String, JsonValue> told, Map<String, JsonValue> held) {
        for (Map.Entry<String, JsonValue> entry : held.entrySet()) {
            JsonValue says = told.getOrDefault(entry.getKey(), JsonValue.nil());
            if (!says.equals(entry.getValue())) {
                throw damaged(
                        "record "
                                + record
                                + " says '"
                                + entry.getKey()
                                + "' "
                                + says
                                + ", and its bytes hold "
                                + entry.getValue());
            }
        }
    }

    private static byte[] bytes(int record, String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw damaged("record " + record + " has bytes that are no Base64");
        }
    }

    private static Map<String, JsonValue> members(String where, String line) {
        try {
            if (JSON.decode(line.getBytes(StandardCharsets.UTF_8))
                    instanceof JsonValue.Obj object) {
                return new LinkedHashMap<>(object.members());
            }
            throw damaged(where + " is no JSON object");
        } catch (CodecException e) {
            throw damaged(where + " is no JSON: " + e.getMessage());
        }
    }

    private static String string(Map<String, JsonValue> members, String key) {
        JsonValue value = members.getOrDefault(key, JsonValue.nil());
        return switch (value) {
            case JsonValue.Text text -> text.value();
            case JsonValue.Num number -> number.text();
            default -> throw damaged("'" + key + "' is not there");
        };
    }

    private static JournalException damaged(String why) {
        return new JournalException(JournalFault.DAMAGED, "the history was touched: " + why);
    }
}
