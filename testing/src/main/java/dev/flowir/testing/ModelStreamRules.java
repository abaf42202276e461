package dev.flowir.testing;

import dev.flowir.http.HttpTimeouts;
import dev.flowir.http.model.Finish;
import dev.flowir.http.model.ModelException;
import dev.flowir.http.model.ModelFault;
import dev.flowir.http.model.TextAnswer;
import dev.flowir.http.model.TextModel;
import dev.flowir.http.model.TextPiece;
import dev.flowir.http.model.TextRequest;
import dev.flowir.http.model.TextShape;
import dev.flowir.http.model.TextSoFar;
import dev.flowir.http.model.TextStream;
import dev.flowir.http.model.ToolUse;
import dev.flowir.http.model.Usage;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.ScopedHandle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Rules of {@link ModelContract} about answers that come in pieces. */
final class ModelStreamRules {

    private static final TextRequest ASKED = TextRequest.of("?");
    private static final int HANG_SECONDS = 30;

    private ModelStreamRules() {}

    static List<Rule<ModelBench>> rules() {
        return List.of(
                Rule.of(
                        "MODEL-20",
                        "the pieces are the same wherever the bytes of a stream are cut",
                        "half frames, several frames in one read, and letters cut in the middle",
                        ModelStreamRules::readsCutStreams),
                Rule.of(
                        "MODEL-21",
                        "a stream is asked for, and its answer has text, finish reason and usage",
                        "stream, stream_options, and the frame with usage behind the last word",
                        ModelStreamRules::answersWhole),
                Rule.of(
                        "MODEL-22",
                        "tools come in pieces of arguments, put together by their index",
                        "delta.tool_calls with index, id and name in the first piece only",
                        ModelStreamRules::joinsToolUses),
                Rule.of(
                        "MODEL-23",
                        "a stream that ends without [DONE] is cut off: retriable, with what came",
                        "that the end of the connection is not taken for the end of the answer",
                        ModelStreamRules::noticesEarlyEnds),
                Rule.of(
                        "MODEL-24",
                        "an error in mid stream is one, with the service's code and what came",
                        "events with error, and what else is no answer",
                        ModelStreamRules::noticesErrors),
                Rule.of(
                        "MODEL-25",
                        "a lost connection and silence in mid stream are retriable, with what came",
                        "what a reset and an idle connection end in",
                        ModelStreamRules::noticesLoss),
                Rule.of(
                        "MODEL-26",
                        "pieces name operation, attempt and sequence; those of a dead attempt drop",
                        "where the numbers come from, and TextSoFar.with",
                        ModelStreamRules::tellsAttempts),
                Rule.of(
                        "MODEL-27",
                        "an interrupt ends a stream: the service is left, what came is kept",
                        "what an interrupted thread waits for, and partial()",
                        ModelStreamRules::endsByInterrupt),
                Rule.of(
                        "MODEL-28",
                        "a stream that is left open is closed when its attempt ends",
                        "attemptEnded() of the handle",
                        ModelStreamRules::closesWithTheAttempt));
    }

    /** A frame with a piece of text, in OpenAI's shape. */
    static String frame(String text) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":"
                + ModelTextRules.quoted(text)
                + "},\"finish_reason\":null}]}\n\n";
    }

    static WireServer.Script stream(String text) {
        return (request, wire) -> {
            wire.beginEvents();
            wire.write(text);
            wire.close();
        };
    }

    private static void readsCutStreams(ModelBench bench, TestClock clock) {
        String openAi =
                "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n"
                        + frame("Grüße")
                        + ": still there\n\n"
                        + frame(" 雪")
                        + frame("🙂\\n")
                        + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\r\n\r\n"
                        + "data: [DONE]\n\n";
        String workers =
                "data: {\"response\":\"Grüße\",\"p\":\"abc\"}\n\n"
                        + "data: {\"response\":\" 雪\",\"p\":\"\"}\n\n"
                        + "data: {\"response\":\"🙂\\\\n\"}\n\n"
                        + "data: {\"response\":\"\",\"usage\":{\"prompt_tokens\":1,"
                        + "\"completion_tokens\":3,\"total_tokens\":4}}\n\n"
                        + "data: [DONE]\n\n";
        List<String> expected = List.of("Grüße", " 雪", "🙂\\n");
        cutEverywhere(bench, TextShape.OPENAI, openAi, expected);
        cutEverywhere(bench, TextShape.WORKERS_AI, workers, expected);
    }

    private static void cutEverywhere(
            ModelBench bench, TextShape shape, String text, List<String> expected) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        TextModel model = bench.model(shape);
        for (int at = 1; at <= bytes.length; at++) {
            int cut = at;
            bench.server()
                    .forget()
                    .then((request, wire) -> {
                        wire.beginEvents();
                        wire.write(Arrays.copyOfRange(bytes, 0, cut));
                        wire.write(Arrays.copyOfRange(bytes, cut, bytes.length));
                        wire.close();
                    });
            try (TextStream stream = model.stream(ASKED)) {
                Expect.equal("pieces, cut at " + at, expected, ModelContract.texts(stream));
            }
        }
        bench.server()
                .forget()
                .then((request, wire) -> {
                    wire.beginEvents();
                    for (byte one : bytes) {
                        wire.write(new byte[] {one});
                    }
                    wire.close();
                });
        try (TextStream stream = model.stream(ASKED)) {
            Expect.equal("pieces, byte by byte", expected, ModelContract.texts(stream));
        }
    }

    private static void answersWhole(ModelBench bench, TestClock clock) {
        bench.server()
                .then(
                        stream(
                                frame("ja")
                                        + "data: {\"choices\":[{\"delta\":{},"
                                        + "\"finish_reason\":\"length\"}]}\n\n"
                                        + "data: {\"model\":\"m-1\",\"choices\":[],\"usage\":{"
                                        + "\"prompt_tokens\":5,\"completion_tokens\":2,"
                                        + "\"total_tokens\":7}}\n\ndata: [DONE]\n\n"));
        TextAnswer expected =
                new TextAnswer(
                        "contract",
                        1,
                        "m-1",
                        "ja",
                        List.of(),
                        Finish.LENGTH,
                        Optional.of(new Usage(5, 2, 7)));
        try (TextStream stream = bench.model(TextShape.OPENAI).stream(ASKED)) {
            Expect.refused(
                    "an answer that is not whole", IllegalStateException.class, stream::answer);
            Expect.equal("pieces", List.of("ja"), ModelContract.texts(stream));
            Expect.equal("answer", expected, stream.answer());
            Expect.equal("after the end", Optional.empty(), stream.next());
        }
        String sent = bench.server().requests().get(0).text();
        Expect.that(
                "the stream and its usage are asked for in " + sent,
                sent.endsWith("\"stream\":true,\"stream_options\":{\"include_usage\":true}}"));
    }

    private static void joinsToolUses(ModelBench bench, TestClock clock) {
        String head = "data: {\"choices\":[{\"delta\":{\"tool_calls\":[";
        String tail = "]}}]}\n\n";
        bench.server()
                .then(
                        stream(
                                head
                                        + "{\"index\":0,\"id\":\"c-1\",\"function\":{\"name\":\"a\","
                                        + "\"arguments\":\"\"}}"
                                        + tail
                                        + head
                                        + "{\"index\":1,\"id\":\"c-2\",\"function\":{\"name\":\"b\","
                                        + "\"arguments\":\"{\\\"n\\\"\"}}"
                                        + tail
                                        + head
                                        + "{\"index\":0,\"function\":{\"arguments\":\"{}\"}},"
                                        + "{\"index\":1,\"function\":{\"arguments\":\":1}\"}}"
                                        + tail
                                        + "data: {\"choices\":[{\"delta\":{},"
                                        + "\"finish_reason\":\"tool_calls\"}]}\n\n"
                                        + "data: [DONE]\n\n"));
        try (TextStream stream = bench.model(TextShape.OPENAI).stream(ASKED)) {
            Expect.equal("pieces of text", List.of(), ModelContract.texts(stream));
            Expect.equal(
                    "uses",
                    List.of(new ToolUse("c-1", "a", "{}"), new ToolUse("c-2", "b", "{\"n\":1}")),
                    stream.answer().toolUses());
            Expect.equal("finish", Finish.TOOLS, stream.answer().finish());
        }
    }

    /** A stream ends in a fault after these pieces. */
    static ModelException broken(TextModel model, ModelFault fault, String before) {
        try (TextStream stream = model.stream(ASKED)) {
            ModelException refusal =
                    ModelContract.refused(fault, () -> ModelContract.texts(stream));
            Expect.equal("what came before", before, refusal.partial());
            Expect.equal("what came so far", before, stream.soFar());
            return refusal;
        }
    }

    private static void noticesEarlyEnds(ModelBench bench, TestClock clock) {
        bench.server()
                .then(stream(frame("half an")))
                .then(
                        stream(
                                frame("all")
                                        + "data: {\"choices\":[{\"delta\":{},"
                                        + "\"finish_reason\":\"stop\"}]}\n\ndata: [DO"))
                .then(stream(""));
        TextModel model = bench.model(TextShape.OPENAI);
        for (String before : List.of("half an", "all", "")) {
            Expect.that(
                    "another attempt may help",
                    broken(model, ModelFault.CUT_OFF, before).isRetriable());
        }
    }

    private static void noticesErrors(ModelBench bench, TestClock clock) {
        bench.server()
                .then(
                        stream(
                                frame("a")
                                        + "data: {\"error\":{\"message\":\"overloaded\","
                                        + "\"type\":\"server_error\",\"code\":null}}\n\n"))
                .then(
                        stream(
                                frame("b")
                                        + "data: {\"errors\":[{\"code\":3040,\"message\":\"full\"}],"
                                        + "\"success\":false}\n\n"))
                .then(stream(frame("c") + "data: not json\n\n"));
        TextModel model = bench.model(TextShape.OPENAI);
        ModelException first = broken(model, ModelFault.SERVICE_FAILED, "a");
        Expect.equal("the service's code", "server_error", first.serviceCode());
        Expect.that("another attempt may help", first.isRetriable());
        ModelException second = broken(model, ModelFault.BUSY, "b");
        Expect.equal("the service's code", "3040", second.serviceCode());
        broken(model, ModelFault.BAD_ANSWER, "c");
    }

    private static void noticesLoss(ModelBench bench, TestClock clock) {
        bench.server()
                .then((request, wire) -> {
                    wire.write(
                            String.join(
                                    "\r\n",
                                    "HTTP/1.1 200 OK",
                                    "Content-Type: text/event-stream",
                                    "Transfer-Encoding: chunked",
                                    "",
                                    ""));
                    String frame = frame("lost");
                    wire.write(Integer.toHexString(frame.length()) + "\r\n" + frame + "\r\n");
                    wire.close();
                })
                .then((request, wire) -> {
                    wire.beginEvents();
                    wire.write(frame("silent"));
                    wire.silence();
                });
        TextModel model =
                bench.model(settings ->
                        settings.with(
                                bench.calling()
                                        .with(
                                                HttpTimeouts.DEFAULT.withIdle(
                                                        Duration.ofMillis(300)))));
        for (String before : List.of("lost", "silent")) {
            Expect.that(
                    "another attempt may help",
                    broken(model, ModelFault.CALL_FAILED, before).isRetriable());
        }
    }

    private static Scope attempt(int number) {
        return new Scope("f", "run-1", "say", number, "run-1/say", Fence.open());
    }

    private static void tellsAttempts(ModelBench bench, TestClock clock) {
        bench.server()
                .then(stream(frame("dead ") + frame("end")))
                .then(stream(frame("a") + frame("b") + "data: [DONE]\n\n"));
        CapabilityProvider provider = bench.text(TextShape.OPENAI, same -> same);
        TextStream dying = ModelBench.model(provider, attempt(1)).stream(ASKED);
        TextPiece first = dying.next().orElseThrow();
        TextPiece late = dying.next().orElseThrow();
        ModelContract.refused(ModelFault.CUT_OFF, dying::next);
        Expect.equal("the first", new TextPiece("run-1/say", 1, 0, "dead "), first);
        Expect.equal("the second", new TextPiece("run-1/say", 1, 1, "end"), late);
        TextModel second = ModelBench.model(provider, attempt(2));
        TextSoFar text = TextSoFar.NOTHING.with(first);
        try (TextStream again = second.stream(ASKED)) {
            TextPiece a = again.next().orElseThrow();
            TextPiece b = again.next().orElseThrow();
            Expect.equal("of the next attempt", new TextPiece("run-1/say", 2, 0, "a"), a);
            TextSoFar one = text.with(a);
            Expect.equal("begun again", new TextSoFar(2, 1, "a"), one);
            Expect.equal("late and double pieces", one, one.with(late).with(a));
            Expect.equal("whole", "ab", one.with(b).text());
            Expect.refused(
                    "a gap", IllegalArgumentException.class, () -> TextSoFar.NOTHING.with(b));
            Expect.equal("a piece after the last", Optional.empty(), again.next());
            Expect.equal("attempt of the answer", 2, again.answer().attempt());
        }
        try (TextStream other = second.stream(ASKED)) {
            Expect.equal(
                    "a second question of one attempt",
                    "run-1/say.2",
                    other.next().orElseThrow().operation());
        }
    }

    private static void endsByInterrupt(ModelBench bench, TestClock clock) throws Exception {
        bench.server()
                .then((request, wire) -> {
                    wire.beginEvents();
                    wire.write(frame("so far"));
                    wire.silence();
                });
        TextModel model = bench.model(TextShape.OPENAI);
        CountDownLatch came = new CountDownLatch(1);
        CompletableFuture<ModelException> ended = new CompletableFuture<>();
        Thread reading =
                Thread.ofVirtual()
                        .start(() -> {
                            try (TextStream stream = model.stream(ASKED)) {
                                stream.drain(piece -> came.countDown());
                            } catch (ModelException e) {
                                ended.complete(e);
                            }
                        });
        Expect.that("a piece came", came.await(HANG_SECONDS, TimeUnit.SECONDS));
        reading.interrupt();
        ModelException refusal = ended.get(HANG_SECONDS, TimeUnit.SECONDS);
        Expect.equal("the fault", ModelFault.CANCELLED, refusal.fault());
        Expect.equal("what came before", "so far", refusal.partial());
        Expect.that("no other attempt", !refusal.isRetriable());
        bench.server().awaitClientLeft();
    }

    private static void closesWithTheAttempt(ModelBench bench, TestClock clock) throws Exception {
        bench.server()
                .then((request, wire) -> {
                    wire.beginEvents();
                    wire.write(frame("a"));
                    wire.silence();
                });
        CapabilityProvider provider = bench.text(TextShape.OPENAI, same -> same);
        TextModel model = ModelBench.model(provider, attempt(1));
        TextStream stream = model.stream(ASKED);
        Expect.that("a piece came", stream.next().isPresent());
        Expect.that("the handle is told of the end", model instanceof ScopedHandle);
        ((ScopedHandle) model).attemptEnded();
        bench.server().awaitClientLeft();
        ModelContract.refused(ModelFault.CANCELLED, stream::next);
    }
}
