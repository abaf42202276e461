package dev.flowir.durable;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.ir.json.JsonText;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.RunState;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Requests and what is answered to them, as a line of JSON each. */
final class RequestText {

    private static final Codec<JsonValue> JSON = JsonCodecs.strict().of(Type.of(JsonValue.class));

    private static final String ABOUT = "about";

    private RequestText() {}

    /** Something that is asked of the application, and not of a run. */
    record Question(String topic, JsonValue asked) {}

    static String write(RunRequest request) {
        return switch (request) {
            case RunRequest.Pause it -> line("pause", it, Map.of());
            case RunRequest.Resume it -> line("resume", it, Map.of());
            case RunRequest.Terminate it -> line("terminate", it, texts("reason", it.reason()));
            case RunRequest.TerminateAndUndo it -> line("undo", it, texts("reason", it.reason()));
            case RunRequest.Restart it -> line("restart", it, Map.of());
            case RunRequest.RestartFrom it -> line("restart-from", it, texts("node", it.node()));
            case RunRequest.Signal it -> {
                Map<String, JsonValue> more = texts("name", it.name());
                it.key().ifPresent(key -> more.put("key", JsonValue.text(key)));
                more.put("payload", it.payload());
                yield line("signal", it, more);
            }
            case RunRequest.Answer it ->
                    line(
                            "answer",
                            it,
                            texts("node", it.node(), "answer", it.answer(), "by", it.by()));
        };
    }

    static String write(Question question) {
        Map<String, JsonValue> members = texts("ask", ABOUT, "topic", question.topic());
        members.put("question", question.asked());
        return JsonText.compact(new JsonValue.Obj(members));
    }

    /** The question in a line; empty when it asks something of a run. */
    static Optional<Question> question(String line) {
        Members it = Members.of(line);
        return it.maybe("ask").equals(Optional.of(ABOUT))
                ? Optional.of(new Question(it.text("topic"), it.any("question")))
                : Optional.empty();
    }

    private static Map<String, JsonValue> texts(String... namesAndTexts) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            members.put(namesAndTexts[i], JsonValue.text(namesAndTexts[i + 1]));
        }
        return members;
    }

    private static String line(String ask, RunRequest request, Map<String, JsonValue> more) {
        Map<String, JsonValue> members = texts("ask", ask, "run", request.run());
        members.putAll(more);
        return JsonText.compact(new JsonValue.Obj(members));
    }

    static RunRequest read(String line) {
        Members it = Members.of(line);
        String run = it.text("run");
        return switch (it.text("ask")) {
            case "pause" -> new RunRequest.Pause(run);
            case "resume" -> new RunRequest.Resume(run);
            case "terminate" -> new RunRequest.Terminate(run, it.text("reason"));
            case "undo" -> new RunRequest.TerminateAndUndo(run, it.text("reason"));
            case "restart" -> new RunRequest.Restart(run);
            case "restart-from" -> new RunRequest.RestartFrom(run, it.text("node"));
            case "signal" ->
                    new RunRequest.Signal(run, it.text("name"), it.maybe("key"), it.any("payload"));
            case "answer" ->
                    new RunRequest.Answer(run, it.text("node"), it.text("answer"), it.text("by"));
            default -> throw malformed("nothing is called '" + it.text("ask") + "'");
        };
    }

    static String done(RunState state) {
        return JsonText.compact(new JsonValue.Obj(texts("state", state.name())));
    }

    static String answered(JsonValue answer) {
        return JsonText.compact(new JsonValue.Obj(Map.of("answer", answer)));
    }

    static String refused(JournalException refusal) {
        return JsonText.compact(
                new JsonValue.Obj(
                        texts("code", refusal.fault().code(), "detail", refusal.detail())));
    }

    /** What was answered to a question. */
    static JsonValue told(String line) {
        return unrefused(line).any("answer");
    }

    /** The state in an answer. */
    static RunState answer(String line) {
        Members it = unrefused(line);
        try {
            return RunState.valueOf(it.text("state"));
        } catch (IllegalArgumentException e) {
            throw malformed("no run is ever '" + it.text("state") + "'");
        }
    }

    private static Members unrefused(String line) {
        Members it = Members.of(line);
        Optional<String> code = it.maybe("code");
        if (code.isPresent()) {
            JournalFault fault =
                    Stream.of(JournalFault.values())
                            .filter(known -> known.code().equals(code.get()))
                            .findFirst()
                            .orElseThrow(() -> malformed("no code is '" + code.get() + "'"));
            throw new JournalException(fault, it.text("detail"));
        }
        return it;
    }

    private static JournalException malformed(String why) {
        return new JournalException(
                JournalFault.INVALID, why + "; are both sides of the same version?");
    }

    private record Members(Map<String, JsonValue> all) {

        static Members of(String line) {
            try {
                if (JSON.decode(line.getBytes(StandardCharsets.UTF_8))
                        instanceof JsonValue.Obj members) {
                    return new Members(members.members());
                }
            } catch (CodecException e) {
                throw malformed("this is not asked and answered here: " + e.getMessage());
            }
            throw malformed("this is not asked and answered here");
        }

        Optional<String> maybe(String name) {
            return all.get(name) instanceof JsonValue.Text text
                    ? Optional.of(text.value())
                    : Optional.empty();
        }

        String text(String name) {
            return maybe(name).orElseThrow(() -> malformed("there is no text '" + name + "'"));
        }

        JsonValue any(String name) {
            return Optional.ofNullable(all.get(name))
                    .orElseThrow(() -> malformed("there is no '" + name + "'"));
        }
    }
}
