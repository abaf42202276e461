package dev.flowir.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.check.Checker;
import dev.flowir.ir.check.Diagnostic;
import dev.flowir.ir.diff.FlowDiff;
import dev.flowir.ir.json.FlowJson;
import dev.flowir.ir.json.FlowReading;
import dev.flowir.ir.plan.Lowered;
import dev.flowir.ir.plan.Lowering;
import dev.flowir.ir.plan.PerItem;
import dev.flowir.ir.plan.Refusal;
import dev.flowir.ir.plan.Surroundings;
import dev.flowir.ir.render.Pictures;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Several items of a list in one call: drawn, written, read, checked, lowered, rendered. */
class BatchesTest {

    private static final Type<List<Integer>> INTS = Type.listOf(Integer.class);
    private static final Type<List<String>> TEXTS = Type.listOf(String.class);

    private static final Node<Integer, List<Integer>> PARTS =
            Node.split("parts", Integer.class, Integer.class, n -> List.of(n, n + 1));

    private static final Node<List<Integer>, List<String>> PRICE =
            Node.pure("price", INTS, TEXTS, all -> all.stream().map(n -> "" + n).toList());

    private static Flow<Integer, List<String>> flow(Batches how) {
        return Flow.define(
                "prices",
                "1.0.0",
                Integer.class,
                (g, in) -> g.batch(g.then(in, PARTS), how, PRICE));
    }

    private static FlowDefinition drawn(Batches how) {
        return flow(how).definition();
    }

    private static FlowDefinition read(String text) {
        return assertInstanceOf(FlowReading.Read.class, FlowJson.read(text, "")).document().flow();
    }

    /** The flow with another form of {@code batch}. */
    private static FlowDefinition withBatch(String form) {
        String good = FlowJson.write(drawn(Batches.of(50))).replaceAll("\\s+", "");
        String batch = "\"batch\":{\"max_items\":50}";
        assertTrue(good.contains(batch), good);
        return read(good.replace(batch, "\"batch\":" + form));
    }

    private static Lowered lower(FlowDefinition flow) {
        return Lowering.lower(flow, "trigger", "price", Surroundings.plain());
    }

    @Test
    void theyAreWrittenAndReadAgain() {
        FlowDefinition flow = drawn(Batches.of(50).inFlight(4));
        assertEquals(flow, read(FlowJson.write(flow)));
        assertEquals(List.of(), Checker.check(flow, HintTable.FULL));
        assertEquals(SchemaRef.named("List<Integer>"), flow.nodes().get(2).inSchema());
        assertEquals(SchemaRef.named("List<String>"), flow.nodes().get(2).outSchema());
        Lowered.Ready ready = assertInstanceOf(Lowered.Ready.class, lower(flow));
        PerItem how = ready.plan().node(2).perItem().orElseThrow();
        assertEquals(50, how.batch());
        assertEquals(4, how.maxInFlight());
        FlowDefinition single =
                Flow.define(
                                "each",
                                "1.0.0",
                                Integer.class,
                                (g, in) ->
                                        g.each(
                                                g.then(in, PARTS),
                                                4,
                                                Node.pure(
                                                        "price",
                                                        Integer.class,
                                                        String.class,
                                                        n -> "" + n)))
                        .definition();
        assertFalse(FlowJson.write(single).contains("batch"));
        Lowered.Ready plain = assertInstanceOf(Lowered.Ready.class, lower(single));
        assertEquals(0, plain.plan().node(2).perItem().orElseThrow().batch());
    }

    @Test
    void ctrl153_bothSidesOfTheRange() {
        for (String odd :
                List.of(
                        "5",
                        "[]",
                        "{}",
                        "null",
                        "{\"max_items\":\"5\"}",
                        "{\"max_items\":0}",
                        "{\"max_items\":-1}",
                        "{\"max_items\":1.5}",
                        "{\"max_items\":1048577}",
                        "{\"max_items\":4294967297}",
                        "{\"max_items\":18446744073709551617}")) {
            FlowDefinition flow = withBatch(odd);
            List<Diagnostic> found = Checker.check(flow, HintTable.FULL);
            assertEquals(
                    List.of("CTRL153"), found.stream().map(it -> it.code().id()).toList(), odd);
            assertEquals("/control_surfaces/0/config/batch", found.get(0).location().pointer());
            assertTrue(found.get(0).message().contains("1 to 1048576"), found::toString);
            Lowered.Refused refused = assertInstanceOf(Lowered.Refused.class, lower(flow), odd);
            Refusal.InvalidSurface why =
                    assertInstanceOf(Refusal.InvalidSurface.class, refused.refusal());
            assertTrue(why.reason().contains("config.batch"), why::toString);
        }
        for (int most : new int[] {1, Batches.MAX_ITEMS}) {
            FlowDefinition flow = withBatch("{\"max_items\":" + most + "}");
            assertEquals(List.of(), Checker.check(flow, HintTable.FULL));
            assertInstanceOf(Lowered.Ready.class, lower(flow));
            assertEquals(flow, drawn(Batches.of(most)));
        }
        assertThrows(IllegalArgumentException.class, () -> Batches.of(0));
        assertThrows(IllegalArgumentException.class, () -> Batches.of(Batches.MAX_ITEMS + 1));
        Batches one = Batches.of(1);
        assertThrows(IllegalArgumentException.class, () -> one.inFlight(0));
    }

    @Test
    void theyAreDrawnAndTheirChangeIsTold() {
        FlowDefinition flow = drawn(Batches.of(50).inFlight(4));
        assertTrue(Pictures.dot(flow).contains("label=\"batches of 50, 4 at a time\""));
        assertTrue(Pictures.svg(flow).contains("batches of 50, 4 at a time"));
        assertTrue(Pictures.mermaid(flow).contains("batches of 50#44; 4 at a time"));
        String told = FlowDiff.of(flow, drawn(Batches.of(20).inFlight(4))).toString();
        assertTrue(told.contains("DIFF218") && told.contains("changed"), told);
        assertEquals(List.of(), FlowDiff.of(flow, drawn(Batches.of(50).inFlight(4))));
    }

    @Test
    void aSubFlowKeepsItsBatches() {
        FlowDefinition outer =
                Flow.define(
                                "outer",
                                "1.0.0",
                                Integer.class,
                                (g, in) -> g.flow("part", in, flow(Batches.of(3))))
                        .definition();
        Lowered.Ready ready =
                assertInstanceOf(
                        Lowered.Ready.class,
                        Lowering.lower(outer, "trigger", "part.price", Surroundings.plain()));
        int node = ready.plan().indexOf("part.price");
        assertEquals(3, ready.plan().node(node).perItem().orElseThrow().batch());
    }

    private static Object run(NodeBody body, Object in) throws Exception {
        return assertInstanceOf(NodeBody.Single.class, body).run(in, new Alone(), new Alone());
    }

    /** What a body has that asks for nothing. */
    private static final class Alone implements Handles, NodeContext {

        @Override
        public <H> H get(Token<H> token) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String runId() {
            return "run";
        }

        @Override
        public String flow() {
            return "flow";
        }

        @Override
        public String node() {
            return "node";
        }

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public String idempotencyKey() {
            return "key";
        }

        @Override
        public boolean cancelled() {
            return false;
        }

        @Override
        public void checkpoint() {}

        @Override
        public OptionalLong remainingNanos() {
            return OptionalLong.empty();
        }
    }

    @Test
    void aBodyThatDoesNotGiveAnOutputForEachItemHasFailed() {
        record Odd(Object gives, String told) {}
        for (Odd odd :
                List.of(
                        new Odd(List.of("1"), "a batch of 2 and gave 1 outputs"),
                        new Odd(List.of("1", "2", "3"), "a batch of 2 and gave 3 outputs"),
                        new Odd(Arrays.asList("1", null), "gave null for item 1"),
                        new Odd(NodeBody.NoOutput.NONE, "gave nothing"),
                        new Odd("both", "gave no list"))) {
            NodeBody body = BatchBody.of("price", (NodeBody.Single) (in, h, c) -> odd.gives());
            NonRetryableException thrown =
                    assertThrows(NonRetryableException.class, () -> run(body, List.of(1, 2)));
            assertTrue(thrown.getMessage().contains("'price' got "), thrown::getMessage);
            assertTrue(thrown.getMessage().contains(odd.told()), thrown::getMessage);
        }
    }

    @Test
    void aFlowThatCameAsJsonIsHeldToIt() throws Exception {
        FlowDefinition flow = drawn(Batches.of(2));
        NodeBody.Single gives = (in, handles, context) -> new JsonValue.Arr(List.of());
        Flow<JsonValue, JsonValue> read =
                Flow.interpreted(flow, "trigger", "price", name -> Optional.of(gives));
        JsonValue.Arr one = new JsonValue.Arr(List.of(JsonValue.number(1)));
        NodeBody price = read.node("price").orElseThrow().body();
        NonRetryableException thrown =
                assertThrows(NonRetryableException.class, () -> run(price, one));
        assertTrue(thrown.getMessage().contains("a batch of 1 and gave 0"), thrown::getMessage);
        NodeBody parts = read.node("parts").orElseThrow().body();
        assertEquals(new JsonValue.Arr(List.of()), run(parts, one));
    }
}
