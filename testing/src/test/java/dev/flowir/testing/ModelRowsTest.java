package dev.flowir.testing;

import static dev.flowir.ir.NodeOption.retry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.http.Egress;
import dev.flowir.http.HttpSettings;
import dev.flowir.http.model.Models;
import dev.flowir.http.model.TextEndpoint;
import dev.flowir.http.model.TextModel;
import dev.flowir.http.model.TextRequest;
import dev.flowir.http.model.TextSettings;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.Timeline;
import dev.flowir.limit.Limits;
import dev.flowir.limit.Rate;
import dev.flowir.limit.RateLimits;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the platform's table says of models; numbers are its own. */
class ModelRowsTest {

    private static final Node<String, String> ASK =
            Node.reads(
                    "ask",
                    String.class,
                    String.class,
                    Models.text("words"),
                    (TextModel model, String question, dev.flowir.ir.NodeContext context) ->
                            model.complete(TextRequest.of(question)).text());

    private static final Node<String, String> AFTER =
            Node.effect(
                    "after",
                    String.class,
                    String.class,
                    Outside.TOKEN,
                    (outside, answer, context) -> answer + outside.call(context, 1));

    private static final Flow<String, String> FLOW =
            Flow.define(
                    "rows",
                    "1.0.0",
                    String.class,
                    (g, question) ->
                            g.then(
                                    g.then(question, ASK.with(retry(3, Duration.ofSeconds(1)))),
                                    AFTER));

    private final Outside outside = new Outside();
    private final WireServer service = started();
    private final TextEndpoint words =
            TextEndpoint.open(
                    "words",
                    service.address(),
                    TextSettings.workersAi("m")
                            .with(HttpSettings.DEFAULT.with(Egress.own().withPrivateAddresses())));

    @RegisterExtension
    final DurableBench bench =
            new DurableBench(FLOW).capabilities(store -> Capabilities.of(outside, words));

    private static WireServer started() {
        try {
            return WireServer.start();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @AfterEach
    void close() throws IOException {
        words.close();
        service.close();
    }

    private static String refusal(int code) {
        return "{\"errors\":[{\"code\":" + code + ",\"message\":\"no\"}],\"success\":false}";
    }

    @ParameterizedTest(name = "{0} {2}")
    @CsvSource({
        "AI-01, MODEL-60, labels come sorted by score",
        "AI-02, MODEL-20, a stream cut at every byte gives the same pieces",
        "AI-03, MODEL-23, a stream without [DONE] is cut off and keeps what came",
        "AI-05, MODEL-40, 5007 is not tried again",
        "AI-07, MODEL-27, a cancelled stream is closed and keeps what came",
        "AI-07, MODEL-28, a stream of an attempt that is over is closed",
    })
    void rowsThatAreRulesOfTheKit(String row, String rule, String what) {
        Contract<ModelBench> kit = ModelContract.rules();
        List<Rule<ModelBench>> rules =
                kit.rules().stream().filter(one -> one.id().equals(rule)).toList();
        assertEquals(1, rules.size(), row + ": " + what);
        assertEquals(
                new Verdict.Passed(rule),
                kit.verify(
                        rules.getFirst(), clock -> ModelBench.of(ModelEndpointsTest.OURS, clock)));
    }

    @Test
    void ai04_aServiceThatIsFullIsAskedAgainLaterAndOneAnswerIsKept() {
        service.then(429, refusal(3040)).then(200, "{\"response\":\"yes\"}");
        var run = bench.runtime().start(FLOW, "one", "well?");
        bench.settle();
        assertEquals(1, service.requests().size());
        bench.advance(Duration.ofSeconds(2));
        assertEquals(new Result.Value<>("yes1"), bench.result(run));
        assertEquals(2, service.requests().size());
        assertEquals(List.of("after#1"), outside.calls());
    }

    @Test
    void ai05_aModelThatIsNotThereIsAskedOnce() {
        service.then(400, refusal(5007));
        Result<String> result = bench.result(bench.runtime().start(FLOW, "one", "well?"));
        String message = assertInstanceOf(Result.Failed.class, result).failure().message();
        assertTrue(message.contains("MODEL304"), message);
        assertEquals(1, service.requests().size());
    }

    @Test
    void ai08_aRunThatIsReplayedTakesTheAnswerThatWasRecorded() {
        service.then(200, "{\"response\":\"first\"}").then(200, "{\"response\":\"second\"}");
        outside.onCall("after#1", bench::kill);
        bench.runtime().start(FLOW, "one", "well?");
        bench.settle();
        assertEquals(
                new Result.Value<>("first1"),
                bench.result(bench.runtime().start(FLOW, "one", "well?")));
        assertEquals(List.of("after#1", "after#2"), outside.calls());
        assertEquals(1, service.requests().size());
    }

    /** Time that moves when somebody waits. */
    private static final class WaitedTime implements Timeline {

        private final TestClock clock = new TestClock();

        @Override
        public Instant instant() {
            return clock.instant();
        }

        @Override
        public Runnable schedule(Duration delay, Runnable action) {
            clock.advance(delay);
            action.run();
            return () -> {};
        }
    }

    @Test
    void ai06_moreQuestionsThanAMinuteTakesAreSpreadAndNoneIsLost() throws Exception {
        int most = 3_000;
        WaitedTime time = new WaitedTime();
        Instant start = time.instant();
        List<Instant> asked = new ArrayList<>();
        Flow<Integer, Integer> paced =
                Flow.define(
                        "paced", "1.0.0", Integer.class, (g, n) -> g.then(n, paced(time, asked)));
        RateLimits limits =
                RateLimits.memory("pace", new Rate(most, Duration.ofMinutes(1), 1), 10, time);
        List<Integer> answers = new ArrayList<>();
        try (Runtime runtime = Runtime.builder().capabilities(Capabilities.of(limits)).build()) {
            for (int i = 0; i <= most; i++) {
                answers.add(runtime.run(paced, i).orThrow());
            }
        }
        assertEquals(Stream.iterate(0, n -> n + 1).limit(most + 1L).toList(), answers);
        Instant minute = start.plus(Duration.ofMinutes(1));
        assertEquals(most, asked.stream().filter(at -> at.isBefore(minute)).count());
        assertEquals(minute, asked.getLast());
    }

    private static Node<Integer, Integer> paced(WaitedTime time, List<Instant> asked) {
        return Node.reads(
                "ask",
                Integer.class,
                Integer.class,
                Limits.permits("pace"),
                (pace, n, context) -> {
                    pace.take("model", Duration.ofSeconds(10));
                    asked.add(time.instant());
                    return n;
                });
    }
}
