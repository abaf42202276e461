package dev.flowir.http.model;

import dev.flowir.http.HttpBody;
import dev.flowir.http.HttpReply;
import dev.flowir.http.HttpWrite;
import dev.flowir.http.json.Json;
import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.cap.ScopedHandle;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The handle of one attempt on a classifier. */
final class Classifying implements ImageClassifier, ScopedHandle {

    private static final Comparator<Label> LIKELIEST_FIRST =
            Comparator.comparingDouble(Label::score).reversed();

    private static final String BYTES = "application/octet-stream";

    private final ClassifierSettings settings;
    private final ModelCalls calls;

    Classifying(ClassifierSettings settings, ModelCalls calls) {
        this.settings = settings;
        this.calls = calls;
    }

    @Override
    public Classification classify(byte[] image) {
        return classify(HttpBody.bytes(BYTES, image), image.length);
    }

    @Override
    public Classification classify(InputStream image, long length) {
        return classify(HttpBody.stream(BYTES, image, length), length);
    }

    private Classification classify(HttpBody image, long length) {
        if (length == 0) {
            throw new ModelException(ModelFault.BAD_QUESTION, "the image has no bytes");
        }
        HttpWrite question =
                HttpWrite.post(ModelCalls.runs(settings.model())).changingNothing().body(image);
        String operation = calls.operation();
        HttpReply reply =
                calls.send(
                        switch (settings.repeats()) {
                            case ASKED_AGAIN -> question;
                            case KNOWN_BY_KEY -> question.header("idempotency-key", operation);
                        });
        JsonValue said = Json.parse(reply.text()).orElseThrow(() -> noLabels("no JSON", reply));
        JsonValue result = Json.member(said, "result").orElse(said);
        if (!(result instanceof JsonValue.Arr labels)) {
            throw calls.error(said, reply::shown).orElseGet(() -> noLabels("no list", reply));
        }
        if (labels.items().size() > settings.maxLabels()) {
            throw new ModelException(
                    ModelFault.ANSWER_TOO_LARGE,
                    "the answer has more than " + settings.maxLabels() + " labels");
        }
        List<Label> sorted =
                labels.items().stream()
                        .map(item -> label(item).orElseThrow(() -> noLabels("no label", reply)))
                        .sorted(LIKELIEST_FIRST)
                        .toList();
        return new Classification(settings.model(), sorted);
    }

    private static Optional<Label> label(JsonValue item) {
        Optional<String> label = Json.string(item, "label");
        OptionalDouble score = Json.number(item, "score");
        boolean sure = score.isPresent() && score.getAsDouble() >= 0 && score.getAsDouble() <= 1;
        return sure ? label.map(text -> new Label(text, score.getAsDouble())) : Optional.empty();
    }

    private static ModelException noLabels(String what, HttpReply reply) {
        return new ModelException(
                ModelFault.BAD_ANSWER,
                "the answer should be [{label, score}] with scores from 0 to 1, and is "
                        + what
                        + ": "
                        + reply.shown(reply.text()));
    }

    @Override
    public void attemptEnded() {
        calls.attemptEnded();
    }
}
