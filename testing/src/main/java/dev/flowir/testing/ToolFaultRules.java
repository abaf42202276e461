package dev.flowir.testing;

import dev.flowir.http.tool.ToolCall;
import dev.flowir.http.tool.ToolCaller;
import dev.flowir.http.tool.ToolException;
import dev.flowir.http.tool.ToolFault;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Rules of {@link ToolContract} about what goes wrong. */
final class ToolFaultRules {

    private static final int HANG_SECONDS = 30;

    private ToolFaultRules() {}

    static List<Rule<ToolBench>> rules() {
        return List.of(
                Rule.of(
                        "TOOL-20",
                        "errors of the protocol are told by their code",
                        "-32600 to -32603, and tools that are not there",
                        ToolFaultRules::tellsErrors),
                Rule.of(
                        "TOOL-21",
                        "a status is told by what it means, and how long to wait",
                        "401, 403, 429 and 503 with retry-after, 500",
                        ToolFaultRules::tellsStatus),
                Rule.of(
                        "TOOL-22",
                        "a version that is not known is refused, an older one is taken",
                        "protocolVersion of the server's answer, and the header that follows",
                        ToolFaultRules::checksVersions),
                Rule.of(
                        "TOOL-23",
                        "what is no answer is refused",
                        "no JSON, another id, a result without content",
                        ToolFaultRules::refusesNonsense),
                Rule.of(
                        "TOOL-24",
                        "an end without an answer is retriable for tools that only read",
                        "streams that end, connections that are lost",
                        ToolFaultRules::noticesEarlyEnds),
                Rule.of(
                        "TOOL-25",
                        "who does not wait any longer tells the server, by the call's id",
                        "notifications/cancelled after a timeout and after an interrupt",
                        ToolFaultRules::tellsCancelled),
                Rule.of(
                        "TOOL-26",
                        "no message shows the key or the session, also where the server sends them"
                                + " back",
                        "errors of the protocol, and statuses",
                        ToolFaultRules::hidesSecrets));
    }

    private static void tellsErrors(ToolBench bench, TestClock clock) {
        record Row(int code, String message, ToolFault fault) {}
        List<Row> rows =
                List.of(
                        new Row(-32700, "parse", ToolFault.REFUSED),
                        new Row(-32600, "bad", ToolFault.REFUSED),
                        new Row(-32602, "wrong arguments", ToolFault.REFUSED),
                        new Row(-32602, "Unknown tool: book", ToolFault.NO_SUCH_TOOL),
                        new Row(-32602, "Tool book not found", ToolFault.NO_SUCH_TOOL),
                        new Row(-32603, "oops", ToolFault.SERVER_FAILED),
                        new Row(-32000, "oops", ToolFault.SERVER_FAILED));
        ToolCaller caller = bench.caller();
        for (Row row : rows) {
            bench.serving((request, wire) ->
                    McpScript.json(wire, McpScript.error(request, row.code(), row.message())));
            ToolException seen =
                    ToolContract.refused(row.fault(), () -> caller.call(ToolCall.of("book")));
            Expect.equal("code of " + row, OptionalLong.of(row.code()), seen.rpcCode());
            Expect.that("a repeat may do it twice: " + row, !seen.isRetriable());
            ToolException read =
                    ToolContract.refused(row.fault(), () -> caller.call(ToolCall.of("look")));
            Expect.equal(
                    "one that reads is retriable: " + row,
                    row.fault() == ToolFault.SERVER_FAILED,
                    read.isRetriable());
        }
    }

    private static void tellsStatus(ToolBench bench, TestClock clock) {
        record Row(int status, ToolFault fault, boolean again) {}
        List<Row> rows =
                List.of(
                        new Row(400, ToolFault.REFUSED, false),
                        new Row(401, ToolFault.NOT_ALLOWED, false),
                        new Row(403, ToolFault.NOT_ALLOWED, false),
                        new Row(429, ToolFault.BUSY, true),
                        new Row(503, ToolFault.BUSY, true),
                        new Row(500, ToolFault.SERVER_FAILED, false));
        ToolCaller caller = bench.caller();
        for (Row row : rows) {
            bench.serving((request, wire) -> wire.reply(row.status(), "Retry-After: 3\r\n", "{}"));
            ToolException seen =
                    ToolContract.refused(row.fault(), () -> caller.call(ToolCall.of("book")));
            Expect.equal("retriable: " + row, row.again(), seen.isRetriable());
            Expect.equal("when", Optional.of(Duration.ofSeconds(3)), seen.retryAfter());
        }
    }

    private static void checksVersions(ToolBench bench, TestClock clock) {
        bench.server().then((request, wire) -> McpScript.hello(request, wire, "2024-11-05", ""));
        ToolContract.refused(ToolFault.BAD_VERSION, () -> bench.caller().call(ToolCall.of("book")));
        bench.server()
                .forget()
                .then((request, wire) -> McpScript.hello(request, wire, "2025-03-26", ""))
                .then(202, "")
                .then((request, wire) ->
                        McpScript.json(
                                wire, McpScript.result(request, McpScript.content("older"))));
        Expect.equal("text", "older", bench.caller().call(ToolCall.of("book")).text());
        WireRequest call = bench.server().requests().get(3);
        Expect.equal("version", Optional.of("2025-03-26"), call.header("mcp-protocol-version"));
        Expect.equal("no session", Optional.empty(), call.header("mcp-session-id"));
    }

    private static void refusesNonsense(ToolBench bench, TestClock clock) {
        ToolCaller caller = bench.caller();
        for (String body :
                List.of(
                        "",
                        "<html>",
                        "[]",
                        "{\"jsonrpc\":\"2.0\",\"id\":999,\"result\":{\"content\":[]}}")) {
            bench.serving((request, wire) -> McpScript.json(wire, body));
            ToolContract.refused(ToolFault.BAD_ANSWER, () -> caller.call(ToolCall.of("book")));
        }
        bench.serving((request, wire) ->
                McpScript.json(wire, McpScript.result(request, "{\"hello\":1}")));
        ToolContract.refused(ToolFault.BAD_ANSWER, () -> caller.call(ToolCall.of("book")));
        bench.serving((request, wire) ->
                McpScript.json(wire, McpScript.result(request, "{\"tools\":[{}]}")));
        ToolContract.refused(ToolFault.BAD_ANSWER, caller::list);
    }

    private static void noticesEarlyEnds(ToolBench bench, TestClock clock) {
        ToolCaller caller = bench.caller();
        bench.serving((request, wire) -> {
            wire.beginEvents();
            wire.write("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\"}\n\n");
            wire.close();
        });
        Expect.that(
                "what may be done twice is not retried",
                !ToolContract.refused(ToolFault.CUT_OFF, () -> caller.call(ToolCall.of("book")))
                        .isRetriable());
        Expect.that(
                "what only reads is",
                ToolContract.refused(ToolFault.CUT_OFF, () -> caller.call(ToolCall.of("look")))
                        .isRetriable());
        bench.serving((request, wire) -> wire.close());
        Expect.that(
                "what may be done twice is not retried",
                !ToolContract.refused(ToolFault.CALL_FAILED, () -> caller.call(ToolCall.of("book")))
                        .isRetriable());
        Expect.that(
                "what only reads is",
                ToolContract.refused(ToolFault.CALL_FAILED, () -> caller.call(ToolCall.of("look")))
                        .isRetriable());
    }

    private static void tellsCancelled(ToolBench bench, TestClock clock) throws Exception {
        CountDownLatch asked = new CountDownLatch(2);
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> second = new CompletableFuture<>();
        WireServer.Script session =
                McpScript.serving((request, wire) -> {
                    asked.countDown();
                    wire.silence();
                });
        bench.server()
                .then((request, wire) -> {
                    if (McpScript.method(request).equals("notifications/cancelled")) {
                        (first.isDone() ? second : first).complete(McpScript.cancelled(request));
                    }
                    session.answer(request, wire);
                });
        CapabilityProvider provider = bench.provider();
        ToolCaller caller = ToolBench.caller(provider, Scope.outside("a"));
        ToolException slow =
                ToolContract.refused(
                        ToolFault.TIMED_OUT,
                        () -> caller.call(ToolCall.of("book").within(Duration.ofMillis(200))));
        Expect.that("a repeat may do it twice", !slow.isRetriable());
        Expect.equal(
                "the call that is not waited for",
                McpScript.id(bench.server().requests().get(2)),
                first.get(HANG_SECONDS, TimeUnit.SECONDS));
        CompletableFuture<ToolException> ended = new CompletableFuture<>();
        Thread calling =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                caller.call(ToolCall.of("book"));
                            } catch (ToolException e) {
                                ended.complete(e);
                            }
                        });
        Expect.that("both were asked", asked.await(HANG_SECONDS, TimeUnit.SECONDS));
        calling.interrupt();
        Expect.equal(
                "fault", ToolFault.CANCELLED, ended.get(HANG_SECONDS, TimeUnit.SECONDS).fault());
        Expect.that(
                "the server is told of the interrupted call",
                !second.get(HANG_SECONDS, TimeUnit.SECONDS).isEmpty());
    }

    private static void hidesSecrets(ToolBench bench, TestClock clock) {
        String key = "sk-very-secret-4711";
        CapabilityProvider provider =
                bench.provider(settings -> settings.withKey(() -> Secret.of(key)));
        ToolCaller caller = ToolBench.caller(provider, Scope.outside("a"));
        String echo = key + " " + McpScript.SESSION;
        bench.serving(
                (request, wire) -> McpScript.json(wire, McpScript.error(request, -32603, echo)));
        hidden(key, ToolFault.SERVER_FAILED, caller);
        bench.serving((request, wire) -> wire.reply(401, "", echo));
        hidden(key, ToolFault.NOT_ALLOWED, caller);
        bench.serving((request, wire) -> McpScript.json(wire, echo));
        hidden(key, ToolFault.BAD_ANSWER, caller);
        bench.serving((request, wire) ->
                McpScript.json(
                        wire,
                        McpScript.result(
                                request,
                                "{\"isError\":true,\"content\":[{\"type\":\"text\",\"text\":\""
                                        + echo
                                        + "\"}]}")));
        ToolException failed =
                ToolContract.refused(
                        ToolFault.TOOL_FAILED, () -> caller.call(ToolCall.of("book")).orThrow());
        Expect.that(
                "a failed tool's message hides the key",
                !String.valueOf(failed.getMessage()).contains(key));
    }

    private static void hidden(String key, ToolFault fault, ToolCaller caller) {
        ToolException seen = ToolContract.refused(fault, () -> caller.call(ToolCall.of("book")));
        for (Throwable one = seen; one != null; one = one.getCause()) {
            String said = String.valueOf(one.getMessage());
            Expect.that("'" + said + "' hides the key", !said.contains(key));
            Expect.that("'" + said + "' hides the session", !said.contains(McpScript.SESSION));
        }
    }
}
