package dev.flowir.http.model;

import dev.flowir.http.json.Json;
import dev.flowir.http.json.JsonObject;
import dev.flowir.ir.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes questions as services read them. */
final class Questions {

    /** Whether the answer is to come in pieces. */
    enum Way {
        WHOLE,
        STREAMED
    }

    private Questions() {}

    static byte[] write(TextRequest request, TextSettings settings, Way way) {
        boolean openAi = settings.shape() == TextShape.OPENAI;
        JsonObject body = new JsonObject();
        if (openAi) {
            body.put("model", settings.model());
        }
        body.put("messages", request.messages().stream().map(Questions::message).toList());
        if (way == Way.STREAMED) {
            body.put("stream", JsonValue.bool(true));
            if (openAi) {
                body.put(
                        "stream_options",
                        new JsonObject().put("include_usage", JsonValue.bool(true)).value());
            }
        }
        request.maxTokens().ifPresent(most -> body.put("max_tokens", JsonValue.number(most)));
        request.temperature()
                .ifPresent(value -> body.put("temperature", new JsonValue.Num("" + value)));
        request.seed().ifPresent(seed -> body.put("seed", JsonValue.number(seed)));
        if (!request.tools().isEmpty()) {
            body.put("tools", request.tools().stream().map(Questions::tool).toList());
        }
        request.shape().ifPresent(shape -> body.put("response_format", format(shape, openAi)));
        return Json.text(body.value()).getBytes(StandardCharsets.UTF_8);
    }

    private static JsonValue message(Message message) {
        return switch (message) {
            case Message.Instruction said -> said("system", said.text()).value();
            case Message.Question said -> said("user", said.text()).value();
            case Message.ToolResult result ->
                    said("tool", result.text())
                            .put("tool_call_id", result.useId())
                            .put("name", result.tool())
                            .value();
            case Message.Reply reply -> {
                JsonObject object = said("assistant", reply.text());
                if (!reply.toolUses().isEmpty()) {
                    object.put("tool_calls", uses(reply.toolUses()));
                }
                yield object.value();
            }
        };
    }

    private static JsonObject said(String role, String text) {
        return new JsonObject().put("role", role).put("content", text);
    }

    private static List<JsonValue> uses(List<ToolUse> uses) {
        return uses.stream()
                .map(use ->
                        new JsonObject()
                                .put("id", use.id())
                                .put("type", "function")
                                .put(
                                        "function",
                                        new JsonObject()
                                                .put("name", use.name())
                                                .put("arguments", use.arguments())
                                                .value())
                                .value())
                .toList();
    }

    private static JsonValue tool(ToolOffer tool) {
        return new JsonObject()
                .put("type", "function")
                .put(
                        "function",
                        new JsonObject()
                                .put("name", tool.name())
                                .put("description", tool.description())
                                .put("parameters", tool.parameters())
                                .value())
                .value();
    }

    /** OpenAI wraps the schema with its name; Workers AI takes it as it is. */
    private static JsonValue format(TextRequest.Shape shape, boolean openAi) {
        if (shape.schema().isEmpty()) {
            return new JsonObject().put("type", "json_object").value();
        }
        JsonValue schema = shape.schema().get();
        JsonValue named = new JsonObject().put("name", shape.name()).put("schema", schema).value();
        return new JsonObject()
                .put("type", "json_schema")
                .put("json_schema", openAi ? named : schema)
                .value();
    }
}
