package dev.flowir.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.check.Checker;
import dev.flowir.ir.json.FlowJson;
import dev.flowir.ir.json.FlowReading;
import dev.flowir.ir.render.Pictures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of slow consumers: drawn, written, read, checked, rendered. */
class SlowConsumerTest {

    private static final SlowConsumer.Disconnect AWAY =
            SlowConsumer.disconnect(100).within(Duration.ofSeconds(10));

    private static Flow<Integer, ItemStream<Integer>> flow(NodeOption... options) {
        Node<Integer, ItemStream<Integer>> prices =
                Node.<Integer, Integer>streams(
                                "prices", Integer.class, Integer.class, (in, out, context) -> {})
                        .with(options);
        return Flow.define("market", "1.0.0", Integer.class, (g, in) -> g.then(in, prices));
    }

    private static FlowReading.Read read(String text) {
        return assertInstanceOf(FlowReading.Read.class, FlowJson.read(text, ""));
    }

    @Test
    void itIsWrittenAndReadAgain() {
        for (SlowConsumer how :
                List.of(AWAY, SlowConsumer.disconnect(1), SlowConsumer.conflate())) {
            FlowDefinition drawn = flow(NodeOption.slowConsumer(how)).definition();
            assertEquals(Optional.of(how), drawn.nodes().get(1).slowConsumer());
            assertEquals(drawn, read(FlowJson.write(drawn)).document().flow());
            assertEquals(List.of(), Checker.check(drawn, HintTable.FULL));
        }
        assertFalse(FlowJson.write(flow().definition()).contains("slow_consumer"));
    }

    @Test
    void aFormThatThereIsNotIsIgnoredWithANote() {
        String good =
                FlowJson.write(flow(NodeOption.slowConsumer(AWAY)).definition()).replace(": ", ":");
        for (String[] change :
                new String[][] {
                    {"\"disconnect\"", "\"drop\""},
                    {"\"disconnect\"", "1"},
                    {"\"max_items\":100", "\"max_items\":0"},
                    {"\"max_items\":100", "\"max_items\":1048577"},
                    {"\"max_items\":100", "\"max_items\":1.5"},
                    {"\"max_items\":100", "\"max_things\":100"},
                    {"\"max_ms\":10000", "\"max_ms\":0"},
                    {"\"max_ms\":10000", "\"max_ms\":\"10\""}
                }) {
            String bad = good.replace(change[0], change[1]);
            assertFalse(bad.equals(good), change[0]);
            FlowReading.Read read = read(bad);
            assertEquals(
                    Optional.empty(), read.document().flow().nodes().get(1).slowConsumer(), bad);
            assertEquals("JSON106", read.document().notes().get(0).code().id());
        }
        String most = good.replace("\"max_items\":100", "\"max_items\":1048576");
        assertEquals(List.of(), read(most).document().notes());
    }

    @Test
    void boundsThatAreNoneAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> SlowConsumer.disconnect(0));
        assertThrows(
                IllegalArgumentException.class,
                () -> SlowConsumer.disconnect(SlowConsumer.MOST_ITEMS + 1));
        assertThrows(IllegalArgumentException.class, () -> AWAY.within(Duration.ofNanos(999_999)));
    }

    @Test
    void aNodeWithoutAStreamHasNoConsumer() {
        Node<Integer, Integer> one =
                Node.pure("one", Integer.class, Integer.class, n -> n)
                        .with(NodeOption.slowConsumer(SlowConsumer.conflate()));
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                Flow.define(
                                        "odd", "1.0.0", Integer.class, (g, in) -> g.then(in, one)));
        assertTrue(refused.getMessage().contains("'one'"), refused::getMessage);
    }

    @Test
    void ctrl149_whatLeadsOnGivesNoStream() {
        FlowDefinition flow = flow(NodeOption.slowConsumer(AWAY)).definition();
        List<NodeDefinition> nodes = new ArrayList<>(flow.nodes());
        nodes.add(nodes.get(1).called("after", List.of()));
        List<EdgeDefinition> edges = new ArrayList<>(flow.edges());
        edges.add(EdgeDefinition.of("prices", "after"));
        List<String> found =
                Checker.check(flow.drawn(nodes, edges, List.of()), HintTable.FULL).stream()
                        .filter(it -> it.code().id().equals("CTRL149"))
                        .map(it -> it.location().pointer())
                        .toList();
        assertEquals(List.of("/nodes/1/slow_consumer"), found);
    }

    @Test
    void itIsDrawn() {
        String away = Pictures.dot(flow(NodeOption.slowConsumer(AWAY)).definition());
        assertTrue(away.contains("cut off when 100 wait or 10000 ms"), away);
        String newest =
                Pictures.dot(flow(NodeOption.slowConsumer(SlowConsumer.conflate())).definition());
        assertTrue(newest.contains("slow consumers get the newest item"), newest);
    }
}
