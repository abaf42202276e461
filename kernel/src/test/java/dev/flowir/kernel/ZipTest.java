package dev.flowir.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.FanIn;
import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeBody;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pairs by position on the direct driver. */
class ZipTest {

    private final Runtime runtime = Runtime.builder().build();

    @AfterEach
    void close() {
        runtime.close();
    }

    private static NodeBody.Single only(int remainder) {
        return (in, handles, context) ->
                in instanceof JsonValue.Num number
                                && Integer.parseInt(number.text()) % 2 == remainder
                        ? in
                        : NodeBody.NoOutput.NONE;
    }

    private FlowInstance<JsonValue, JsonValue> open(int capacity) {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("pairs")
                        .nodes("t")
                        .pure("even", only(0))
                        .pure("odd", only(1))
                        .pure("pair", (in, handles, context) -> JsonValue.text(text((List<?>) in)))
                        .meet("pair", Optional.of(new FanIn.Zip()), "even", "odd")
                        .edges("t -> even", "t -> odd", "even -> pair", "odd -> pair")
                        .flow("t", "pair");
        return runtime.open(flow, InstanceOptions.defaults().captureCapacity(capacity)).orThrow();
    }

    private static String text(List<?> parts) {
        StringBuilder text = new StringBuilder();
        for (Object part : parts) {
            text.append(text.isEmpty() ? "" : "+").append(((JsonValue.Num) part).text());
        }
        return text.toString();
    }

    private static void send(FlowInstance<JsonValue, JsonValue> instance, int... numbers)
            throws InterruptedException {
        for (int number : numbers) {
            instance.send(JsonValue.number(number));
        }
    }

    @Test
    void pairsByPositionAndEndsWithTheShorter() throws InterruptedException {
        FlowInstance<JsonValue, JsonValue> instance = open(8);
        send(instance, 2, 4, 1, 6, 3);
        assertEquals(new FlowInstance.Output<>(JsonValue.text("2+1")), instance.next());
        assertEquals(new FlowInstance.Output<>(JsonValue.text("4+3")), instance.next());
        instance.finish();
        assertInstanceOf(FlowInstance.End.class, instance.next());
        assertEquals(0, runtime.inFlight());
    }

    @Test
    void aStallNamesTheEdgeAndWhoIsWaitedFor() throws InterruptedException {
        FlowInstance<JsonValue, JsonValue> instance = open(3);
        send(instance, 2, 4, 6);
        Failure failure = assertInstanceOf(FlowInstance.Failed.class, instance.next()).failure();
        assertEquals(new Failure.Stalled("pair", "even -> pair", "odd"), failure);
        assertEquals("RUN032", failure.code());
        assertTrue(failure.message().contains("partners of 'odd'"), failure::message);
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aPairOfOneInput(Execution execution) {
        Node<Integer, Integer> twice = Node.pure("twice", Integer.class, Integer.class, n -> n * 2);
        Flow<Integer, String> flow =
                Flow.define(
                        "pair",
                        "1.0.0",
                        Integer.class,
                        (g, in) ->
                                g.zip(
                                        "pair",
                                        in,
                                        g.then(in, twice),
                                        String.class,
                                        (one, two) -> one + "+" + two));
        try (Runtime other = Runtime.builder().execution(execution).build()) {
            assertEquals("3+6", other.run(flow, 3).orThrow());
        }
    }
}
