package dev.flowir.testing;

import dev.flowir.http.tool.ToolAnswer;
import dev.flowir.http.tool.ToolCall;
import dev.flowir.http.tool.ToolCaller;
import dev.flowir.http.tool.ToolFault;
import dev.flowir.http.tool.ToolInfo;
import dev.flowir.http.tool.ToolInvocation;
import dev.flowir.http.tool.ToolReader;
import dev.flowir.http.tool.Tools;
import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.StaleAttemptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rules of {@link ToolContract} about sessions, lists and calls. */
final class ToolCallRules {

    private ToolCallRules() {}

    static List<Rule<ToolBench>> rules() {
        return List.of(
                Rule.of(
                        "TOOL-01",
                        "a session begins with initialize and initialized, once for all attempts",
                        "version offered, headers of later requests, and what is kept",
                        ToolCallRules::beginsASession),
                Rule.of(
                        "TOOL-02",
                        "a tool is called with its arguments and the work's key, and answers",
                        "tools/call, its params, text and structured content",
                        ToolCallRules::calls),
                Rule.of(
                        "TOOL-03",
                        "an answer may come as JSON or among events, and what the server asks is"
                                + " answered",
                        "content types, notifications before the answer, ping, other requests",
                        ToolCallRules::readsEvents),
                Rule.of(
                        "TOOL-04",
                        "all pages of a list are read, with what the server claims",
                        "nextCursor, inputSchema, annotations",
                        ToolCallRules::lists),
                Rule.of(
                        "TOOL-05",
                        "a reader calls only tools that the deployment says only read",
                        "ToolSettings.reading, and that nothing is sent for others",
                        ToolCallRules::keepsReadersReading),
                Rule.of(
                        "TOOL-06",
                        "a tool that says it failed is an answer, not a fault",
                        "what is made of isError in a result",
                        ToolCallRules::answersFailures),
                Rule.of(
                        "TOOL-07",
                        "a session that the server has forgotten is begun again, and the call made",
                        "404 with a session id, and only with one",
                        ToolCallRules::beginsAgain),
                Rule.of(
                        "TOOL-08",
                        "the session is ended when the provider is closed",
                        "DELETE with the session's id",
                        ToolCallRules::endsTheSession),
                Rule.of(
                        "TOOL-09",
                        "each call is told once, also one that fails",
                        "ToolSettings.log",
                        ToolCallRules::tellsCalls),
                Rule.of(
                        "TOOL-10",
                        "an attempt that was given up calls nothing any more",
                        "the fence of the scope",
                        ToolCallRules::keepsTheFence));
    }

    static JsonValue arguments() {
        return new JsonValue.Obj(Map.of("to", JsonValue.text("Rom")));
    }

    private static void beginsASession(ToolBench bench, TestClock clock) {
        bench.serving((request, wire) ->
                McpScript.json(wire, McpScript.result(request, McpScript.content("ok"))));
        CapabilityProvider provider = bench.provider();
        Expect.equal("requests before the first call", 0, bench.server().requests().size());
        for (int attempt = 1; attempt <= 2; attempt++) {
            ToolBench.caller(provider, Scope.outside("a" + attempt)).call(ToolCall.of("book"));
        }
        Expect.equal(
                "methods",
                List.of("initialize", "notifications/initialized", "tools/call", "tools/call"),
                bench.asked());
        List<WireRequest> requests = bench.server().requests();
        Expect.that(
                "a version is offered in " + requests.get(0).text(),
                requests.get(0).text().contains("\"protocolVersion\":\"2025-06-18\""));
        Expect.equal("no session yet", Optional.empty(), requests.get(0).header("mcp-session-id"));
        for (WireRequest request : requests) {
            Expect.equal("path", "/mcp", request.target());
            Expect.equal(
                    "accepted",
                    Optional.of("application/json, text/event-stream"),
                    request.header("accept"));
        }
        for (WireRequest request : requests.subList(1, 4)) {
            Expect.equal(
                    "session", Optional.of(McpScript.SESSION), request.header("mcp-session-id"));
            Expect.equal(
                    "version", Optional.of("2025-06-18"), request.header("mcp-protocol-version"));
        }
        Expect.that(
                "ids differ", !McpScript.id(requests.get(2)).equals(McpScript.id(requests.get(3))));
    }

    private static void calls(ToolBench bench, TestClock clock) {
        bench.serving((request, wire) ->
                McpScript.json(
                        wire,
                        McpScript.result(
                                request,
                                "{\"content\":[{\"type\":\"text\",\"text\":\"a\"},"
                                        + "{\"type\":\"image\",\"data\":\"AA==\",\"mimeType\":\"i/p\"},"
                                        + "{\"type\":\"text\",\"text\":\"b\"}],"
                                        + "\"structuredContent\":{\"n\":1},\"isError\":false}")));
        ToolAnswer.Done done = bench.caller().call(ToolCall.of("book", arguments())).orThrow();
        Expect.equal("text", "a\nb", done.text());
        Expect.equal("parts", 3, done.content().size());
        Expect.equal(
                "structured",
                Optional.of(new JsonValue.Obj(Map.of("n", JsonValue.number(1)))),
                done.structured());
        String sent = bench.server().requests().get(2).text();
        Expect.that(
                "name, arguments and key are in " + sent,
                sent.contains(
                        "\"params\":{\"name\":\"book\",\"arguments\":{\"to\":\"Rom\"},"
                                + "\"_meta\":{\"dev.flowir/idempotency-key\":\"contract\"}}"));
        ToolCaller caller = bench.caller();
        String longest = "n".repeat(ToolCall.MAX_NAME);
        Expect.equal("the longest name", "a\nb", caller.call(ToolCall.of(longest)).text());
        for (String name : List.of("", "a b", "a\n", "ä", longest + "n")) {
            ToolContract.refused(ToolFault.BAD_CALL, () -> ToolCall.of(name));
        }
        ToolContract.refused(ToolFault.BAD_CALL, () -> ToolCall.of("a", JsonValue.text("x")));
        ToolContract.refused(ToolFault.BAD_CALL, () -> ToolCall.parsed("a", "{"));
        Expect.equal(
                "parsed", ToolCall.of("a", arguments()), ToolCall.parsed("a", "{\"to\":\"Rom\"}"));
    }

    private static void readsEvents(ToolBench bench, TestClock clock) {
        bench.serving((request, wire) -> {
            wire.beginEvents();
            wire.write("data: \n\n");
            wire.write(
                    "event: message\ndata: {\"jsonrpc\":\"2.0\","
                            + "\"method\":\"notifications/progress\",\"params\":{\"progress\":1}}\n\n");
            wire.write("data: {\"jsonrpc\":\"2.0\",\"id\":\"s1\",\"method\":\"ping\"}\n\n");
            wire.write(
                    "data: {\"jsonrpc\":\"2.0\",\"id\":7,"
                            + "\"method\":\"sampling/createMessage\",\"params\":{}}\n\n");
            wire.write(
                    "data: "
                            + McpScript.result(request, McpScript.content("among events"))
                            + "\n\n");
            wire.close();
        });
        Expect.equal("text", "among events", bench.caller().call(ToolCall.of("book")).text());
        List<String> answers =
                bench.server().requests().stream()
                        .filter(request -> McpScript.method(request).isEmpty())
                        .map(WireRequest::text)
                        .toList();
        Expect.equal("answers", 2, answers.size());
        Expect.equal(
                "to the ping", "{\"jsonrpc\":\"2.0\",\"id\":\"s1\",\"result\":{}}", answers.get(0));
        Expect.that(
                "to what is not offered in " + answers.get(1),
                answers.get(1)
                        .startsWith("{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":-32601"));
    }

    private static void lists(ToolBench bench, TestClock clock) {
        bench.serving((request, wire) ->
                McpScript.json(
                        wire,
                        McpScript.result(
                                request,
                                request.text().contains("\"cursor\":\"p2\"")
                                        ? "{\"tools\":[{\"name\":\"book\",\"annotations\":{"
                                                + "\"destructiveHint\":true,"
                                                + "\"readOnlyHint\":false}}]}"
                                        : "{\"tools\":[{\"name\":\"look\",\"description\":\"looks\","
                                                + "\"inputSchema\":{\"type\":\"object\"},"
                                                + "\"annotations\":{\"readOnlyHint\":true,"
                                                + "\"idempotentHint\":true}}],"
                                                + "\"nextCursor\":\"p2\"}")));
        JsonValue schema = new JsonValue.Obj(Map.of("type", JsonValue.text("object")));
        List<ToolInfo> expected =
                List.of(
                        new ToolInfo(
                                "look",
                                "looks",
                                schema,
                                Set.of(ToolInfo.Claim.READS_ONLY, ToolInfo.Claim.REPEATABLE)),
                        new ToolInfo(
                                "book",
                                "",
                                new JsonValue.Obj(Map.of()),
                                Set.of(ToolInfo.Claim.DESTROYS)));
        Expect.equal("tools", expected, ToolBench.reader(bench.provider()).list());
        CapabilityProvider exact = bench.provider(settings -> settings.withMaxTools(2));
        Expect.equal("as many as allowed", 2, ToolBench.reader(exact).list().size());
        CapabilityProvider fewer = bench.provider(settings -> settings.withMaxTools(1));
        ToolContract.refused(ToolFault.TOO_MANY_TOOLS, () -> ToolBench.reader(fewer).list());
        bench.serving((request, wire) ->
                McpScript.json(
                        wire,
                        McpScript.result(request, "{\"tools\":[],\"nextCursor\":\"again\"}")));
        ToolContract.refused(
                ToolFault.TOO_MANY_TOOLS, () -> ToolBench.reader(bench.provider()).list());
    }

    private static void keepsReadersReading(ToolBench bench, TestClock clock) {
        bench.serving((request, wire) ->
                McpScript.json(wire, McpScript.result(request, McpScript.content("ok"))));
        ToolReader reader = ToolBench.reader(bench.provider());
        ToolContract.refused(ToolFault.NOT_READING, () -> reader.ask(ToolCall.of("book")));
        Expect.equal("requests", 0, bench.server().requests().size());
        Expect.equal("one that reads", "ok", reader.ask(ToolCall.of("look")).text());
        Expect.that("a reader is no caller", !(reader instanceof ToolCaller));
        Expect.equal("hints", Set.of(Tools.READ_HINT, Tools.CALL_HINT), bench.provider().hints());
    }

    private static void answersFailures(ToolBench bench, TestClock clock) {
        bench.serving((request, wire) ->
                McpScript.json(
                        wire,
                        McpScript.result(
                                request,
                                "{\"content\":[{\"type\":\"text\",\"text\":\"sold out\"}],"
                                        + "\"isError\":true}")));
        ToolAnswer answer = bench.caller().call(ToolCall.of("book"));
        Expect.that(
                "a tool that says it failed has Failed as its answer, not " + answer,
                answer instanceof ToolAnswer.Failed);
        Expect.equal("what it says", "sold out", answer.text());
        Expect.that(
                "a repeat would fail again",
                !ToolContract.refused(ToolFault.TOOL_FAILED, answer::orThrow).isRetriable());
    }

    private static void beginsAgain(ToolBench bench, TestClock clock) {
        List<String> calls = new ArrayList<>();
        bench.serving((request, wire) -> {
            calls.add("call");
            if (calls.size() == 1) {
                wire.reply(404, "", "");
            } else {
                McpScript.json(wire, McpScript.result(request, McpScript.content("ok")));
            }
        });
        Expect.equal("text", "ok", bench.caller().call(ToolCall.of("book")).text());
        Expect.equal(
                "methods",
                List.of(
                        "initialize",
                        "notifications/initialized",
                        "tools/call",
                        "initialize",
                        "notifications/initialized",
                        "tools/call"),
                bench.asked());
        bench.serving((request, wire) -> wire.reply(404, "", ""));
        ToolContract.refused(ToolFault.REFUSED, () -> bench.caller().call(ToolCall.of("book")));
    }

    private static void endsTheSession(ToolBench bench, TestClock clock) throws Exception {
        bench.serving((request, wire) ->
                McpScript.json(wire, McpScript.result(request, McpScript.content("ok"))));
        CapabilityProvider provider = bench.provider();
        ToolBench.caller(provider, Scope.outside("a")).call(ToolCall.of("book"));
        if (provider instanceof AutoCloseable closeable) {
            closeable.close();
        }
        WireRequest last = bench.server().requests().get(3);
        Expect.equal("method", "DELETE", last.method());
        Expect.equal("session", Optional.of(McpScript.SESSION), last.header("mcp-session-id"));
    }

    private static void tellsCalls(ToolBench bench, TestClock clock) {
        List<ToolInvocation> told = new ArrayList<>();
        bench.serving((request, wire) -> {
            if (request.text().contains("\"name\":\"missing\"")) {
                McpScript.json(wire, McpScript.error(request, -32602, "Unknown tool: missing"));
            } else {
                McpScript.json(wire, McpScript.result(request, McpScript.content("ok")));
            }
        });
        CapabilityProvider provider = bench.provider(settings -> settings.telling(told::add));
        ToolCaller caller =
                ToolBench.caller(
                        provider, new Scope("trip", "run", "book", 2, "key", Fence.open()));
        caller.call(ToolCall.of("book"));
        ToolContract.refused(ToolFault.NO_SUCH_TOOL, () -> caller.call(ToolCall.of("missing")));
        Expect.equal(
                "status",
                List.of("done", "TOOL304"),
                told.stream().map(ToolInvocation::status).toList());
        ToolInvocation first = told.get(0);
        Expect.equal("tool", "book", first.tool());
        Expect.equal("flow and node", "trip/book", first.flow() + "/" + first.node());
        Expect.equal("attempt", 2, first.attempt());
        Expect.that("time was taken", first.nanos() > 0);
        Expect.equal(
                "request id", McpScript.id(bench.server().requests().get(2)), first.requestId());
    }

    private static void keepsTheFence(ToolBench bench, TestClock clock) {
        Fence fallen = () -> false;
        ToolCaller caller =
                ToolBench.caller(bench.provider(), new Scope("f", "run", "n", 1, "key", fallen));
        Expect.refused(
                "a late call", StaleAttemptException.class, () -> caller.call(ToolCall.of("book")));
        Expect.equal("requests", 0, bench.server().requests().size());
    }
}
