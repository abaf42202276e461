package dev.flowir.testing;

import static dev.flowir.testing.Wrongs.always;
import static dev.flowir.testing.Wrongs.changed;
import static dev.flowir.testing.Wrongs.given;
import static dev.flowir.testing.Wrongs.instead;
import static dev.flowir.testing.Wrongs.nothing;
import static dev.flowir.testing.Wrongs.swallowing;

import dev.flowir.http.HttpBody;
import dev.flowir.http.ServerEvent;
import dev.flowir.http.model.Label;
import dev.flowir.http.model.ModelException;
import dev.flowir.http.model.ModelFault;
import dev.flowir.http.model.TextRequest;
import dev.flowir.kernel.cap.Fence;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be wrong with providers of models. */
final class ModelDefects {

    private static final String ROOM = "dev.flowir.http.model.";

    private ModelDefects() {}

    static List<LibraryDefect> all() {
        return List.of(
                wrong(
                        "asks without the key",
                        "ModelCalls",
                        "withKey",
                        instead(call -> call.argument(0)),
                        "MODEL-01"),
                wrong(
                        "leaves the model out of the path",
                        "ModelCalls",
                        "runs",
                        always("/ai/run"),
                        "MODEL-02",
                        "MODEL-60"),
                wrong(
                        "counts no tokens",
                        "AnswerParts",
                        "count",
                        nothing(),
                        "MODEL-03",
                        "MODEL-21"),
                wrong(
                        "overlooks what tools are asked of",
                        "AnswerParts",
                        "call",
                        nothing(),
                        "MODEL-04",
                        "MODEL-22"),
                wrong(
                        "does not say which question a tool has answered",
                        "Questions",
                        "write",
                        changed(body -> replaced(body, "tool_call_id", "id_of_call")),
                        "MODEL-05"),
                wrong(
                        "does not say that it wants a structure",
                        "TextRequest",
                        "shape",
                        always(Optional.empty()),
                        "MODEL-06"),
                wrong(
                        "never repairs",
                        "Structured$Invalid",
                        "orRepaired",
                        instead(Twist.Call::self),
                        "MODEL-07"),
                wrong(
                        "takes answers of any size",
                        "TextLimits",
                        "maxAnswerChars",
                        always(Integer.MAX_VALUE),
                        "MODEL-08"),
                wrong(
                        "takes any number of tokens",
                        "TextRequest",
                        "maxTokens",
                        swallowing(ModelException.class, () -> TextRequest.of("any")),
                        "MODEL-09"),
                LibraryDefect.of(
                        "reads letters one by one",
                        "dev.flowir.http.EventParser",
                        "text",
                        changed(line -> ascii(String.valueOf(line))),
                        "MODEL-20"),
                wrong(
                        "takes the end of the connection for the end of the answer",
                        "AnswerStream",
                        "event",
                        swallowing(
                                ModelException.class,
                                () -> new ServerEvent("message", "[DONE]", "")),
                        "MODEL-23",
                        "MODEL-25",
                        "MODEL-28"),
                wrong(
                        "overlooks errors in answers",
                        "ModelCalls",
                        "error",
                        always(Optional.empty()),
                        "MODEL-24",
                        "MODEL-62"),
                wrong(
                        "drops what had come",
                        "ModelException",
                        "after",
                        given(0, text -> ""),
                        "MODEL-23",
                        "MODEL-24",
                        "MODEL-25",
                        "MODEL-27"),
                wrong(
                        "gives each question a name by chance",
                        "ModelCalls",
                        "operation",
                        instead(call -> UUID.randomUUID().toString()),
                        "MODEL-26",
                        "MODEL-65"),
                LibraryDefect.of(
                        "sends something else than the stream",
                        "dev.flowir.http.HttpBody",
                        "stream",
                        instead(call -> HttpBody.bytes("image/png", new byte[] {1, 2, 3})),
                        "MODEL-64"),
                wrong(
                        "takes every refusal for a failure of the service",
                        "ModelCalls",
                        "judged",
                        always(ModelFault.SERVICE_FAILED),
                        "MODEL-40",
                        "MODEL-62"),
                wrong(
                        "does not wait for midnight",
                        "ModelCalls",
                        "untilMidnight",
                        always(Duration.ZERO),
                        "MODEL-41"),
                wrong(
                        "takes anything for an answer",
                        "AnswerParts",
                        "take",
                        changed(ModelDefects::something),
                        "MODEL-42"),
                wrong(
                        "asks no question again",
                        "ModelException",
                        "isRetriable",
                        always(false),
                        "MODEL-23",
                        "MODEL-43"),
                LibraryDefect.of(
                        "shows secrets",
                        "dev.flowir.http.Shown",
                        "without",
                        instead(call -> call.argument(0)),
                        "MODEL-44"),
                LibraryDefect.of(
                        "asks for attempts that were given up",
                        "dev.flowir.kernel.cap.Scope",
                        "fence",
                        always(Fence.open()),
                        "MODEL-45"),
                LibraryDefect.of(
                        "asks at any rate",
                        "dev.flowir.http.Bucket",
                        "take",
                        always(Duration.ZERO),
                        "MODEL-46"),
                wrong(
                        "gives the least likely label first",
                        "Label",
                        "score",
                        changed(score -> score instanceof Double sure ? -sure : score),
                        "MODEL-60"),
                wrong(
                        "makes up labels",
                        "Classifying",
                        "label",
                        changed(ModelDefects::label),
                        "MODEL-61"),
                wrong(
                        "takes any number of labels",
                        "ClassifierSettings",
                        "maxLabels",
                        always(Integer.MAX_VALUE),
                        "MODEL-63"));
    }

    private static LibraryDefect wrong(
            String what, String type, String method, Twist.Wrong wrong, String... noticed) {
        return LibraryDefect.of(what, ROOM + type, method, wrong, noticed);
    }

    private static Object replaced(@Nullable Object body, String one, String other) {
        String text = body instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "";
        return text.replace(one, other).getBytes(StandardCharsets.UTF_8);
    }

    private static String ascii(String line) {
        return new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.US_ASCII);
    }

    private static @Nullable Object something(@Nullable Object added) {
        return added instanceof Optional<?> text && text.isEmpty() ? Optional.of("") : added;
    }

    private static @Nullable Object label(@Nullable Object read) {
        return read instanceof Optional<?> label && label.isEmpty()
                ? Optional.of(new Label("something", 0.5))
                : read;
    }
}
