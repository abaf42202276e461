package dev.flowir.http.tool;

import dev.flowir.http.json.Json;
import dev.flowir.http.json.JsonObject;
import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.ScopedHandle;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The reading handle of one attempt. */
class Asking implements ToolReader, ScopedHandle {

    private final Rpc rpc;
    private final ToolSettings settings;
    private final Scope scope;

    Asking(Rpc rpc, ToolSettings settings, Scope scope) {
        this.rpc = rpc;
        this.settings = settings;
        this.scope = scope;
    }

    @Override
    public final List<ToolInfo> list() {
        List<ToolInfo> tools = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Optional<String> cursor = Optional.empty();
        do {
            JsonObject params = new JsonObject();
            cursor.ifPresent(where -> params.put("cursor", where));
            Rpc.Request request =
                    rpc.request(
                            "tools/list", params.value(), Rpc.Repeats.HARMLESS, Optional.empty());
            JsonValue page = rpc.call(request);
            for (JsonValue tool : Json.items(page, "tools")) {
                tools.add(info(tool, request));
            }
            cursor = Json.string(page, "nextCursor");
            // a page may be empty, so a cursor that comes again would be asked for ever
            boolean endless = cursor.isPresent() && !seen.add(cursor.get());
            if (tools.size() > settings.maxTools()
                    || endless
                    || seen.size() > settings.maxTools()) {
                throw new ToolException(
                        ToolFault.TOO_MANY_TOOLS,
                        "the server lists more than " + settings.maxTools() + " tools");
            }
        } while (cursor.isPresent());
        return List.copyOf(tools);
    }

    private static ToolInfo info(JsonValue tool, Rpc.Request request) {
        String name =
                Json.string(tool, "name")
                        .orElseThrow(() -> RpcFaults.noAnswer(request, "a tool without a name"));
        JsonValue schema =
                Json.member(tool, "inputSchema").orElseGet(() -> new JsonObject().value());
        Set<ToolInfo.Claim> claims = EnumSet.noneOf(ToolInfo.Claim.class);
        Json.member(tool, "annotations")
                .ifPresent(said -> {
                    claim(said, "readOnlyHint", ToolInfo.Claim.READS_ONLY, claims);
                    claim(said, "destructiveHint", ToolInfo.Claim.DESTROYS, claims);
                    claim(said, "idempotentHint", ToolInfo.Claim.REPEATABLE, claims);
                });
        return new ToolInfo(name, Json.string(tool, "description").orElse(""), schema, claims);
    }

    private static void claim(
            JsonValue said, String hint, ToolInfo.Claim claim, Set<ToolInfo.Claim> claims) {
        if (Json.isTrue(said, hint)) {
            claims.add(claim);
        }
    }

    @Override
    public final ToolAnswer ask(ToolCall call) {
        if (!settings.reading().contains(call.tool())) {
            throw new ToolException(
                    ToolFault.NOT_READING,
                    "'"
                            + call.tool()
                            + "' is not known to only read; name it in ToolSettings.reading, or"
                            + " call it with Tools.caller");
        }
        return called(call);
    }

    final ToolAnswer called(ToolCall call) {
        JsonObject params =
                new JsonObject().put("name", call.tool()).put("arguments", call.arguments());
        params.put(
                "_meta",
                new JsonObject().put("dev.flowir/idempotency-key", scope.idempotencyKey()).value());
        Rpc.Repeats repeats =
                settings.reading().contains(call.tool())
                        ? Rpc.Repeats.HARMLESS
                        : Rpc.Repeats.NOT_KNOWN;
        Rpc.Request request = rpc.request("tools/call", params.value(), repeats, call.within());
        long start = System.nanoTime();
        String status = "error";
        try {
            ToolAnswer answer = answer(call, request, rpc.call(request));
            status = answer instanceof ToolAnswer.Done ? "done" : "failed";
            return answer;
        } catch (ToolException e) {
            status = e.fault().code();
            throw e;
        } finally {
            settings.log()
                    .accept(
                            new ToolInvocation(
                                    call.tool(),
                                    Long.toString(request.id()),
                                    scope.flow(),
                                    scope.node(),
                                    scope.attempt(),
                                    System.nanoTime() - start,
                                    status));
        }
    }

    private static ToolAnswer answer(ToolCall call, Rpc.Request request, JsonValue result) {
        Optional<JsonValue> structured = Json.member(result, "structuredContent");
        if (Json.member(result, "content").isEmpty() && structured.isEmpty()) {
            throw RpcFaults.noAnswer(request, "a result without content");
        }
        List<JsonValue> content = Json.items(result, "content");
        String text =
                content.stream()
                        .flatMap(part -> Json.string(part, "text").stream())
                        .collect(Collectors.joining("\n"));
        return Json.isTrue(result, "isError")
                ? new ToolAnswer.Failed(call.tool(), text, content)
                : new ToolAnswer.Done(text, structured, content);
    }

    @Override
    public final void attemptEnded() {
        rpc.attemptEnded();
    }
}
