package dev.flowir.examples.imagepipeline;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kernel.cap.WireRequest;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectSpace;
import dev.flowir.testing.TestWire;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * What a client of an organization hears: messages as they are on the wire.
 *
 * @param texts messages in order
 */
record Hearing(List<String> texts) {

    private static final Codec<JsonValue> JSON = JsonCodecs.strict().of(Type.of(JsonValue.class));
    private static final Codec<Event> EVENT = JsonCodecs.strict().of(Type.of(Event.class));

    /** Everything from the beginning, as a client gets it that has seen nothing. */
    static Hearing all(ObjectSpace space, ObjectClass<Organization> type, String organization) {
        WireRequest request =
                new WireRequest(
                        WireRequest.Kind.SOCKET,
                        Map.of(),
                        Map.of("since", List.of("0")),
                        Map.of(),
                        Optional.empty());
        TestWire wire = TestWire.connect(space.wires(type, asked -> organization), request);
        wire.says("{\"type\":\"call\",\"id\":\"last\",\"method\":\"getRuns\",\"argument\":{}}");
        long end = System.nanoTime() + Bench.PATIENCE.toNanos();
        while (wire.got().stream().noneMatch(text -> text.contains("\"id\":\"last\""))) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the organization does not answer: " + wire.got());
            }
            LockSupport.parkNanos(1_000_000);
        }
        wire.leave(1000, "");
        return new Hearing(
                wire.got().stream().filter(text -> !text.contains("\"id\":\"last\"")).toList());
    }

    /** The events among them. */
    List<Event> events() {
        return texts.stream().flatMap(text -> event(text).stream()).toList();
    }

    private static Optional<Event> event(String text) {
        try {
            Map<String, JsonValue> members =
                    ((JsonValue.Obj) JSON.decode(text.getBytes(StandardCharsets.UTF_8))).members();
            return JsonValue.text("event").equals(members.get("type"))
                    ? Optional.of(EVENT.decode(JSON.encode(members.get("data"))))
                    : Optional.empty();
        } catch (CodecException foreign) {
            throw new AssertionError(text, foreign);
        }
    }
}
