package dev.flowir.http.model;

import dev.flowir.http.json.Json;
import dev.flowir.ir.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Puts an answer together from what a service says, whole or in pieces. Both shapes are understood
 * whatever was asked: some models of Workers AI stream as OpenAI does.
 */
final class AnswerParts {

    /** A tool's call, as far as it came. */
    private static final class Call {
        private String id = "";
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();
    }

    private final TextLimits limits;
    private final StringBuilder text = new StringBuilder();
    private final TreeMap<Long, Call> calls = new TreeMap<>();
    private String model;
    private Optional<Finish> finish = Optional.empty();
    private Optional<Usage> usage = Optional.empty();
    private long argumentChars;

    AnswerParts(String model, TextLimits limits) {
        this.model = model;
        this.limits = limits;
    }

    /**
     * Takes what the service says.
     *
     * @return the text that it adds; empty when it says nothing of an answer, which {@code ""} does
     */
    Optional<String> take(JsonValue said) {
        JsonValue root =
                Json.member(said, "result").filter(JsonValue.Obj.class::isInstance).orElse(said);
        model = Json.string(root, "model").filter(name -> !name.isBlank()).orElse(model);
        Json.member(root, "usage").ifPresent(this::count);
        List<JsonValue> choices = Json.items(root, "choices");
        Optional<String> added = Optional.empty();
        if (!choices.isEmpty()) {
            added = Optional.of(choice(choices.get(0)));
        } else if (root instanceof JsonValue.Obj object
                && (object.members().containsKey("response")
                        || object.members().containsKey("tool_calls"))) {
            added = Optional.of(Json.member(root, "response").map(AnswerParts::text).orElse(""));
            Json.items(root, "tool_calls").forEach(this::call);
            Json.string(root, "finish_reason").map(Finish::of).ifPresent(this::finished);
        } else if (Json.member(root, "choices").isPresent()
                || Json.member(root, "usage").isPresent()) {
            added = Optional.of("");
        }
        added.ifPresent(this::append);
        return added;
    }

    private String choice(JsonValue choice) {
        JsonValue said =
                Json.member(choice, "delta")
                        .or(() -> Json.member(choice, "message"))
                        .orElse(choice);
        Json.string(choice, "finish_reason").map(Finish::of).ifPresent(this::finished);
        Json.items(said, "tool_calls").forEach(this::call);
        String refusal = Json.string(said, "refusal").orElse("");
        if (!refusal.isEmpty()) {
            finish = Optional.of(Finish.FILTERED);
        }
        return Json.member(said, "content").map(AnswerParts::text).orElse("") + refusal;
    }

    /** What a refusal ended stays so. */
    private void finished(Finish why) {
        finish = finish.filter(Finish.FILTERED::equals).or(() -> Optional.of(why));
    }

    /** A text; the texts of parts; else JSON, as structured answers of Workers AI come. */
    private static String text(JsonValue value) {
        if (value instanceof JsonValue.Text text) {
            return text.value();
        }
        if (value instanceof JsonValue.Arr parts
                && parts.items().stream().allMatch(part -> Json.string(part, "text").isPresent())) {
            StringBuilder all = new StringBuilder();
            parts.items().forEach(part -> all.append(Json.string(part, "text").orElse("")));
            return all.toString();
        }
        return Json.text(value);
    }

    private void append(String more) {
        text.append(more);
        if (text.length() + argumentChars > limits.maxAnswerChars()) {
            throw new ModelException(
                    ModelFault.ANSWER_TOO_LARGE,
                    "the answer has more than "
                            + limits.maxAnswerChars()
                            + " characters; ask with maxTokens(), or raise"
                            + " TextLimits.maxAnswerChars");
        }
    }

    private void count(JsonValue said) {
        OptionalLong prompt = Json.whole(said, "prompt_tokens");
        OptionalLong completion = Json.whole(said, "completion_tokens");
        if (prompt.isPresent() && completion.isPresent()) {
            long total =
                    Json.whole(said, "total_tokens")
                            .orElse(prompt.getAsLong() + completion.getAsLong());
            usage = Optional.of(new Usage(prompt.getAsLong(), completion.getAsLong(), total));
        }
    }

    /** A call, or a piece of the one with its index. */
    private void call(JsonValue said) {
        long index = Json.whole(said, "index").orElse(calls.isEmpty() ? 0 : calls.lastKey() + 1);
        Call call = calls.computeIfAbsent(index, none -> new Call());
        if (calls.size() > limits.maxToolUses()) {
            throw new ModelException(
                    ModelFault.ANSWER_TOO_LARGE,
                    "the answer asks for more than " + limits.maxToolUses() + " tools");
        }
        JsonValue function = Json.member(said, "function").orElse(said);
        Json.string(said, "id").filter(id -> !id.isEmpty()).ifPresent(id -> call.id = id);
        Json.string(function, "name").ifPresent(name -> call.name += name);
        String more = Json.member(function, "arguments").map(AnswerParts::text).orElse("");
        call.arguments.append(more);
        argumentChars += more.length();
        append("");
    }

    String soFar() {
        return text.toString();
    }

    TextAnswer answer(String operation, int attempt) {
        List<ToolUse> uses = new ArrayList<>();
        calls.forEach((index, call) -> {
            String id = call.id.isEmpty() ? "call_" + index : call.id;
            String arguments = call.arguments.isEmpty() ? "{}" : call.arguments.toString();
            uses.add(new ToolUse(id, call.name, arguments));
        });
        Finish unsaid = uses.isEmpty() ? Finish.STOP : Finish.TOOLS;
        return new TextAnswer(
                operation, attempt, model, text.toString(), uses, finish.orElse(unsaid), usage);
    }
}
