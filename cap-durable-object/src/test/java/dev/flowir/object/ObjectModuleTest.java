package dev.flowir.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.ir.Flow;
import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.check.Checker;
import dev.flowir.ir.json.FlowJson;
import dev.flowir.ir.json.FlowReading;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityModule;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObjectModuleTest {

    private static final StoredKey<Long> COUNT = StoredKey.of("count", Long.class);

    interface Counts {
        long count();
    }

    static final class Counter implements Counts {

        static final ObjectClass<Counter> CLASS = ObjectClass.of("counter", Counter::new);
        static final ObjectView<Counts> VIEW = ObjectView.of(CLASS, Counts.class);

        private final Cell<Long> count;

        Counter(ObjectContext self) {
            count = self.cell(COUNT, 0L);
        }

        @Override
        public long count() {
            return count.get();
        }

        long add(long by) {
            return count.update(value -> value + by);
        }
    }

    private static final Node<String, Long> VISIT =
            Node.effect(
                    "visit",
                    String.class,
                    Long.class,
                    DurableObjects.writer("objects"),
                    (objects, name, context) ->
                            objects.of(Counter.CLASS).named(name).call(c -> c.add(1)));

    private static final Node<String, Long> LOOK =
            Node.reads(
                    "look",
                    String.class,
                    Long.class,
                    DurableObjects.reader("objects"),
                    (objects, name, context) ->
                            objects.of(Counter.VIEW).named(name).read(Counts::count));

    private static final Flow<String, Long> VISITS =
            Flow.define("visits", "1.0.0", String.class, (g, name) -> g.then(name, VISIT));
    private static final Flow<String, Long> LOOKS =
            Flow.define("looks", "1.0.0", String.class, (g, name) -> g.then(name, LOOK));

    private static HintTable hints() {
        return CapabilityModule.hints(HintTable.FULL, ObjectModuleTest.class.getClassLoader());
    }

    @Test
    void theModuleIsFoundAndSaysWhatItsTokensCarry() {
        HintTable table = hints();
        assertEquals(Optional.of(Effects.READ_ONLY), table.effectMinimum(DurableObjects.READ_HINT));
        assertEquals(
                Optional.of(Effects.EFFECTFUL), table.effectMinimum(DurableObjects.WRITE_HINT));
        assertEquals(
                Optional.of(Determinism.BEST_EFFORT),
                table.determinismMinimum(DurableObjects.DETERMINISM_HINT));
        assertTrue(table.isBindable(DurableObjects.WRITE_HINT));
    }

    @Test
    void nodesCallAndLook() {
        ObjectSpace objects =
                ObjectSpace.memory("objects", ObjectOptions.defaults(), List.of(Counter.CLASS));
        try (objects;
                Runtime runtime =
                        Runtime.builder().capabilities(Capabilities.of(objects)).build()) {
            assertEquals(1L, runtime.run(VISITS, "ada").orThrow());
            assertEquals(2L, runtime.run(VISITS, "ada").orThrow());
            assertEquals(2L, runtime.run(LOOKS, "ada").orThrow());
            assertEquals(0L, runtime.run(LOOKS, "bob").orThrow());
        }
    }

    @Test
    void aNodeThatCallsIsEffectfulAndBestEffort() {
        NodeDefinition node =
                VISITS.definition().nodes().stream()
                        .filter(n -> n.alias().equals("visit"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(Effects.EFFECTFUL, node.effects());
        assertEquals(Determinism.BEST_EFFORT, node.determinism());
        assertFalse(codes(VISITS.definition()).contains("DET302"));
    }

    @Test
    void aStrictNodeThatCallsIsRefused() {
        String flow =
                """
                {"id": "91da69a8-a5ca-5a61-b7fa-094740452801", "name": "count", "version": "1.0.0",
                 "profile": "dev", "edges": [], "control_surfaces": [],
                 "nodes": [{"id": "91da69a8-a5ca-5a61-b7fa-094740452801::only", "alias": "only",
                   "identifier": "demo::only", "name": "Only", "kind": "inline",
                   "in_schema": {"kind": "opaque"}, "out_schema": {"kind": "opaque"},
                   "effects": "effectful", "determinism": "strict", "idempotency": {},
                   "determinismHints": ["resource::durable_object"],
                   "effectHints": ["resource::durable_object::write"]}]}
                """;
        if (FlowJson.read(flow, "flow.json") instanceof FlowReading.Read read) {
            List<String> codes = codes(read.document().flow());
            assertTrue(codes.contains("DET302"), codes.toString());
            assertFalse(codes.contains("HINT101"), codes.toString());
        } else {
            throw new AssertionError("the document cannot be read");
        }
    }

    private static List<String> codes(FlowDefinition flow) {
        return Checker.check(flow, hints()).stream().map(found -> found.code().id()).toList();
    }
}
