package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.flowir.durable.HistoryFile;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.cap.Capabilities;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A history with an answer, a signal with a key and steps undone, kept since they were new. */
class SagaHistoryTest {

    enum Decision {
        YES,
        NO
    }

    private static final Flow<Integer, Decision> SAGA =
            Flow.define(
                    "saga",
                    "1.0.0",
                    Integer.class,
                    (g, in) -> {
                        var begun =
                                g.then(
                                        in,
                                        Node.effect(
                                                        "begin",
                                                        Integer.class,
                                                        Integer.class,
                                                        Outside.TOKEN,
                                                        (outside, n, context) ->
                                                                outside.call(context, n))
                                                .undoneBy(
                                                        "take-back",
                                                        Outside.TOKEN,
                                                        (outside, done, context) ->
                                                                outside.undo(context, "")));
                        var paid =
                                g.then(
                                        begun,
                                        Waits.signal(
                                                "paid",
                                                Integer.class,
                                                Integer.class,
                                                "payment",
                                                n -> "order-" + n,
                                                Duration.ofDays(1)));
                        return g.then(
                                g.then(
                                        paid,
                                        Waits.approval(
                                                "approve",
                                                Integer.class,
                                                Decision.class,
                                                Duration.ofDays(1))),
                                Waits.sleep("rest", Decision.class, Duration.ofDays(1)));
                    });

    private static String recorded(Outside outside) {
        outside.failing("take-back", 1);
        try (DurableBench bench = new DurableBench(SAGA)) {
            bench.capabilities(store -> Capabilities.of(outside));
            bench.runtime().start(SAGA, "saga", 17);
            bench.settle();
            bench.runtime().signal("saga", "payment", "order-17", 100);
            bench.settle();
            bench.runtime().answer("saga", "approve", Decision.YES, "ann");
            bench.settle();
            bench.runtime().terminateAndUndo("saga", "changed our mind");
            bench.advance(Duration.ofMinutes(1));
            return bench.runtime().export("saga");
        }
    }

    @Test
    void whatWasKeptIsRecordedTheSameTodayAndReplays() throws IOException {
        Outside outside = new Outside();
        try (InputStream in =
                Objects.requireNonNull(SagaHistoryTest.class.getResourceAsStream("saga.history"))) {
            String kept = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(kept, recorded(outside));
            assertEquals(
                    kept.lines().count() - 1,
                    HistoryFile.replay(kept, Capabilities.of(outside), SAGA));
        }
    }
}
