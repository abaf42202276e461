package dev.flowir.testing;

import dev.flowir.http.model.Finish;
import dev.flowir.http.model.Message;
import dev.flowir.http.model.ModelException;
import dev.flowir.http.model.ModelFault;
import dev.flowir.http.model.Structured;
import dev.flowir.http.model.TextAnswer;
import dev.flowir.http.model.TextLimits;
import dev.flowir.http.model.TextModel;
import dev.flowir.http.model.TextRequest;
import dev.flowir.http.model.TextShape;
import dev.flowir.http.model.ToolOffer;
import dev.flowir.http.model.ToolUse;
import dev.flowir.http.model.Usage;
import dev.flowir.ir.Codec;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kernel.cap.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules of {@link ModelContract} about questions and whole answers. */
final class ModelTextRules {

    /**
     * What structured answers are about.
     *
     * @param who is to do it
     * @param hours it takes
     */
    record Task(String who, int hours) {}

    private static final Codec<Task> TASKS = JsonCodecs.strict().of(Type.of(Task.class));

    private static final JsonValue SCHEMA =
            new JsonValue.Obj(Map.of("type", JsonValue.text("object")));

    private ModelTextRules() {}

    static List<Rule<ModelBench>> rules() {
        return List.of(
                Rule.of(
                        "MODEL-01",
                        "a question is written as OpenAI has it, with the key as bearer",
                        "path, model, messages with their roles, and which options are left out",
                        ModelTextRules::writesOpenAi),
                Rule.of(
                        "MODEL-02",
                        "a question is written as Workers AI has it: the model is in the path",
                        "path, and that the body names no model and no stream_options",
                        ModelTextRules::writesWorkersAi),
                Rule.of(
                        "MODEL-03",
                        "a whole answer of either shape is read with finish reason, usage and model",
                        "choices, response, the result around it, and parts of content",
                        ModelTextRules::readsAnswers),
                Rule.of(
                        "MODEL-04",
                        "tools are offered, and what the model asks of them is given as it wrote it",
                        "tool_calls of both shapes, ids, arguments as text and as an object",
                        ModelTextRules::readsToolUses),
                Rule.of(
                        "MODEL-05",
                        "a conversation goes on with the model's answer and the tool's result",
                        "roles assistant and tool, and tool_call_id",
                        ModelTextRules::goesOn),
                Rule.of(
                        "MODEL-06",
                        "a structured answer is read by its codec; another is the caller's to decide",
                        "response_format, and whether what is invalid is an exception",
                        ModelTextRules::readsStructures),
                Rule.of(
                        "MODEL-07",
                        "a wrong structure is shown to the model once, and not twice",
                        "what the second question has, and what orRepaired() does with its answer",
                        ModelTextRules::repairsOnce),
                Rule.of(
                        "MODEL-08",
                        "an answer as large as allowed is given, a larger one is refused",
                        "what is counted against maxAnswerChars and maxToolUses",
                        ModelTextRules::bounds),
                Rule.of(
                        "MODEL-09",
                        "what cannot be asked is refused before anything is sent",
                        "no messages, and numbers out of their range",
                        ModelTextRules::refusesQuestions));
    }

    private static String sent(ModelBench bench) {
        List<WireRequest> requests = bench.server().requests();
        return requests.get(requests.size() - 1).text();
    }

    private static void writesOpenAi(ModelBench bench, TestClock clock) {
        bench.server().then(200, said("yes"));
        TextModel model = bench.model(settings -> settings.withKey(() -> Secret.of("key-4711")));
        model.complete(
                TextRequest.of("is it?")
                        .instructed("be short")
                        .maxTokens(7)
                        .temperature(0.5)
                        .seed(9)
                        .json("task", SCHEMA));
        WireRequest request = bench.server().requests().get(0);
        Expect.equal("method", "POST", request.method());
        Expect.equal("path", "/chat/completions", request.target());
        Expect.equal(
                "the header with the key",
                Optional.of("Bearer key-4711"),
                request.header("authorization"));
        Expect.equal(
                "body",
                "{\"model\":\"@cf/meta/llama-3.3-70b-instruct-fp8-fast\",\"messages\":["
                        + "{\"role\":\"system\",\"content\":\"be short\"},"
                        + "{\"role\":\"user\",\"content\":\"is it?\"}],"
                        + "\"max_tokens\":7,\"temperature\":0.5,\"seed\":9,"
                        + "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":"
                        + "{\"name\":\"task\",\"schema\":{\"type\":\"object\"}}}}",
                sent(bench));
        model.complete(TextRequest.of("and?").json());
        Expect.equal(
                "body without options",
                "{\"model\":\"@cf/meta/llama-3.3-70b-instruct-fp8-fast\",\"messages\":["
                        + "{\"role\":\"user\",\"content\":\"and?\"}],"
                        + "\"response_format\":{\"type\":\"json_object\"}}",
                sent(bench));
    }

    private static void writesWorkersAi(ModelBench bench, TestClock clock) {
        bench.server().then(200, "{\"result\":{\"response\":\"yes\"},\"success\":true}");
        bench.model(TextShape.WORKERS_AI).complete(TextRequest.of("is it?").json("task", SCHEMA));
        Expect.equal(
                "path",
                "/ai/run/@cf/meta/llama-3.3-70b-instruct-fp8-fast",
                bench.server().requests().get(0).target());
        Expect.equal(
                "body",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"is it?\"}],"
                        + "\"response_format\":{\"type\":\"json_schema\","
                        + "\"json_schema\":{\"type\":\"object\"}}}",
                sent(bench));
    }

    /** A whole answer of OpenAI's shape. */
    static String said(String text) {
        return "{\"id\":\"c1\",\"object\":\"chat.completion\",\"model\":\"m-1\",\"choices\":[{"
                + "\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"
                + quoted(text)
                + "},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":5,"
                + "\"completion_tokens\":2,\"total_tokens\":7}}";
    }

    static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static void readsAnswers(ModelBench bench, TestClock clock) {
        bench.server()
                .then(200, said("schön 雪"))
                .then(
                        200,
                        "{\"result\":{\"response\":\"ja\",\"usage\":{\"prompt_tokens\":5,"
                                + "\"completion_tokens\":2}},\"success\":true,\"errors\":[],"
                                + "\"messages\":[]}")
                .then(200, "{\"response\":{\"who\":\"ada\",\"hours\":3}}")
                .then(
                        200,
                        "{\"choices\":[{\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"a\"},"
                                + "{\"type\":\"text\",\"text\":\"b\"}]},"
                                + "\"finish_reason\":\"length\"}]}")
                .then(
                        200,
                        "{\"choices\":[{\"message\":{\"content\":null,\"refusal\":\"no\"},"
                                + "\"finish_reason\":\"stop\"}]}");
        TextModel openAi = bench.model(TextShape.OPENAI);
        TextModel workers = bench.model(TextShape.WORKERS_AI);
        TextRequest asked = TextRequest.of("?");
        Optional<Usage> usage = Optional.of(new Usage(5, 2, 7));
        TextAnswer first = openAi.complete(asked);
        Expect.equal(
                "OpenAI's",
                new TextAnswer("contract", 1, "m-1", "schön 雪", List.of(), Finish.STOP, usage),
                first);
        TextAnswer second = workers.complete(asked);
        Expect.equal(
                "Workers AI's",
                new TextAnswer(
                        "contract", 1, ModelBench.TEXT_MODEL, "ja", List.of(), Finish.STOP, usage),
                second);
        TextAnswer third = workers.complete(asked);
        Expect.equal("an object", "{\"who\":\"ada\",\"hours\":3}", third.text());
        TextAnswer fourth = openAi.complete(asked);
        Expect.equal("parts", "ab", fourth.text());
        Expect.equal("the finish of an answer that was cut", Finish.LENGTH, fourth.finish());
        Expect.equal("usage not told", Optional.empty(), fourth.usage());
        TextAnswer fifth = openAi.complete(asked);
        Expect.equal("held back", Finish.FILTERED, fifth.finish());
        Expect.equal("the refusal", "no", fifth.text());
    }

    private static void readsToolUses(ModelBench bench, TestClock clock) throws Exception {
        bench.server()
                .then(
                        200,
                        "{\"choices\":[{\"message\":{\"content\":null,\"tool_calls\":["
                                + "{\"id\":\"c-1\",\"type\":\"function\",\"function\":{\"name\":\"book\","
                                + "\"arguments\":\"{\\\"who\\\":\\\"ada\\\",\\\"hours\\\":3}\"}},"
                                + "{\"id\":\"c-2\",\"type\":\"function\",\"function\":{\"name\":\"book\","
                                + "\"arguments\":\"three hours\"}}]},"
                                + "\"finish_reason\":\"tool_calls\"}]}")
                .then(
                        200,
                        "{\"result\":{\"response\":null,\"tool_calls\":[{\"name\":\"book\","
                                + "\"arguments\":{\"who\":\"ada\",\"hours\":3}}]},\"success\":true}");
        TextRequest asked =
                TextRequest.of("book ada").offering(new ToolOffer("book", "books hours", SCHEMA));
        TextAnswer openAi = bench.model(TextShape.OPENAI).complete(asked);
        Expect.that(
                "the tool is offered",
                sent(bench)
                        .endsWith(
                                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"book\","
                                        + "\"description\":\"books hours\","
                                        + "\"parameters\":{\"type\":\"object\"}}}]}"));
        Expect.equal("finish", Finish.TOOLS, openAi.finish());
        Expect.equal("text", "", openAi.text());
        ToolUse use = openAi.toolUses().get(0);
        Expect.equal("arguments", new Task("ada", 3), use.as(TASKS));
        Expect.equal(
                "arguments that are none",
                new ToolUse("c-2", "book", "three hours"),
                openAi.toolUses().get(1));
        TextAnswer workers = bench.model(TextShape.WORKERS_AI).complete(asked);
        Expect.equal("finish", Finish.TOOLS, workers.finish());
        Expect.equal(
                "use without an id",
                List.of(new ToolUse("call_0", "book", "{\"who\":\"ada\",\"hours\":3}")),
                workers.toolUses());
        Expect.refused(
                "a name that is none",
                ModelException.class,
                () -> new ToolOffer("a b", "", SCHEMA));
        Expect.equal(
                "the longest name", 64, new ToolOffer("n".repeat(64), "", SCHEMA).name().length());
        Expect.refused(
                "a longer name",
                ModelException.class,
                () -> new ToolOffer("n".repeat(65), "", SCHEMA));
        TextRequest full = asked;
        for (int i = 1; i < TextRequest.MAX_TOOLS; i++) {
            full = full.offering(new ToolOffer("tool" + i, "", SCHEMA));
        }
        TextRequest most = full;
        ModelContract.refused(
                ModelFault.BAD_QUESTION, () -> most.offering(new ToolOffer("more", "", SCHEMA)));
    }

    private static void goesOn(ModelBench bench, TestClock clock) {
        bench.server().then(200, said("done"));
        TextAnswer wanted =
                new TextAnswer(
                        "o",
                        1,
                        "m",
                        "",
                        List.of(new ToolUse("c-1", "book", "{}")),
                        Finish.TOOLS,
                        Optional.empty());
        bench.model(TextShape.OPENAI)
                .complete(
                        TextRequest.of("book")
                                .and(wanted.asMessage())
                                .and(new Message.ToolResult("c-1", "book", "[1]")));
        Expect.that(
                "the conversation goes on in " + sent(bench),
                sent(bench)
                        .contains(
                                "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":["
                                        + "{\"id\":\"c-1\",\"type\":\"function\",\"function\":{"
                                        + "\"name\":\"book\",\"arguments\":\"{}\"}}]},"
                                        + "{\"role\":\"tool\",\"content\":\"[1]\","
                                        + "\"tool_call_id\":\"c-1\",\"name\":\"book\"}"));
    }

    private static void readsStructures(ModelBench bench, TestClock clock) {
        bench.server()
                .then(200, said("{\"who\":\"ada\",\"hours\":3}"))
                .then(200, said("Ada, three hours"));
        TextModel model = bench.model(TextShape.OPENAI);
        TextRequest asked = TextRequest.of("who?").json("task", SCHEMA);
        Expect.equal("the value", new Task("ada", 3), model.ask(asked, TASKS).orThrow());
        Expect.that(
                "the structure is asked for in " + sent(bench),
                sent(bench).contains("\"response_format\":{\"type\":\"json_schema\""));
        Structured<Task> wrong = model.ask(asked, TASKS);
        Expect.equal("the answer", "Ada, three hours", wrong.answer().text());
        ModelException refusal = ModelContract.refused(ModelFault.NOT_STRUCTURED, wrong::orThrow);
        Expect.that("another attempt may help", refusal.isRetriable());
        Expect.equal("what came", "Ada, three hours", refusal.partial());
    }

    private static void repairsOnce(ModelBench bench, TestClock clock) {
        bench.server()
                .then(200, said("{\"who\":\"ada\"}"))
                .then(200, said("{\"who\":\"ada\",\"hours\":3}"))
                .then(200, said("no"))
                .then(200, said("never"));
        TextModel model = bench.model(TextShape.OPENAI);
        TextRequest asked = TextRequest.of("who?").json("task", SCHEMA);
        Structured<Task> first = model.ask(asked, TASKS).orRepaired(model);
        Expect.equal("repaired", new Task("ada", 3), first.orThrow());
        Expect.that(
                "the model is shown its answer and what is missing in " + sent(bench),
                sent(bench)
                                .contains(
                                        "{\"role\":\"assistant\",\"content\":\"{\\\"who\\\":\\\"ada\\\"}\"}")
                        && sent(bench).contains("hours"));
        Structured<Task> second = model.ask(asked, TASKS).orRepaired(model);
        Expect.equal("the last answer", "never", second.answer().text());
        Expect.equal("questions", 4, bench.server().requests().size());
        Expect.that("not repaired again", second.orRepaired(model).equals(second));
        Expect.equal("questions", 4, bench.server().requests().size());
        ModelContract.refused(ModelFault.NOT_STRUCTURED, second::orThrow);
    }

    private static void bounds(ModelBench bench, TestClock clock) {
        String uses = "{\"name\":\"a\",\"arguments\":\"{}\"}";
        bench.server()
                .then(200, said("x".repeat(10)))
                .then(200, said("x".repeat(11)))
                .then(200, "{\"tool_calls\":[" + uses + "," + uses + "],\"response\":\"123456\"}")
                .then(200, "{\"tool_calls\":[" + uses + "," + uses + "],\"response\":\"1234567\"}")
                .then(200, "{\"tool_calls\":[" + uses + "," + uses + "," + uses + "]}");
        TextModel model = bench.model(settings -> settings.with(new TextLimits(10, 2)));
        TextRequest asked = TextRequest.of("?");
        Expect.equal("as long as allowed", 10, model.complete(asked).text().length());
        ModelContract.refused(ModelFault.ANSWER_TOO_LARGE, () -> model.complete(asked));
        Expect.equal("as many as allowed", 2, model.complete(asked).toolUses().size());
        ModelContract.refused(ModelFault.ANSWER_TOO_LARGE, () -> model.complete(asked));
        ModelContract.refused(ModelFault.ANSWER_TOO_LARGE, () -> model.complete(asked));
    }

    private static void refusesQuestions(ModelBench bench, TestClock clock) {
        TextModel model = bench.model(TextShape.OPENAI);
        TextRequest asked = TextRequest.of("?");
        ModelContract.refused(
                ModelFault.BAD_QUESTION, () -> model.complete(TextRequest.of(List.of())));
        ModelContract.refused(
                ModelFault.BAD_QUESTION, () -> model.stream(TextRequest.of(List.of())));
        ModelContract.refused(ModelFault.BAD_QUESTION, () -> asked.maxTokens(0));
        ModelContract.refused(ModelFault.BAD_QUESTION, () -> asked.temperature(2.1));
        ModelContract.refused(ModelFault.BAD_QUESTION, () -> asked.temperature(Double.NaN));
        Expect.equal("requests", 0, bench.server().requests().size());
    }
}
