package dev.flowir.examples.imagepipeline;

import dev.flowir.examples.imagepipeline.Messages.Label;
import dev.flowir.http.HttpBody;
import dev.flowir.http.HttpReply;
import dev.flowir.http.HttpWrite;
import dev.flowir.http.HttpWriter;
import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NonRetryableException;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks a classifier that speaks Workers AI's HTTP: the picture as the body, {@code
 * {"result":[{"label","score"}],"success":true}} as the reply.
 */
final class Classifier {

    /** Labels of a picture, as the platform's resnet gives. */
    private static final int MOST_LABELS = 5;

    /** Scores of one picture add up to 1, give or take rounding. */
    private static final double TOLERANCE = 1e-3;

    private static final Codec<JsonValue> JSON = JsonCodecs.strict().of(Type.of(JsonValue.class));

    /**
     * What no repeat mends, by the platform's numbers: forbidden, too large, out of neurons until
     * midnight, not found, bad input, no such model. The others may pass: 3007 timed out, 3008
     * aborted, 3040 out of capacity.
     */
    private static final Set<Long> PERMANENT =
            Set.of(3006L, 3023L, 3036L, 3042L, 5004L, 5007L, 5016L, 5018L);

    private Classifier() {}

    /**
     * Sends a picture once, with the key of the work, so that who counts what is paid for counts it
     * once.
     *
     * @return labels, best first
     * @throws NonRetryableException when the classifier refuses the picture or the model
     */
    static List<Label> classify(HttpWriter http, String model, InputStream picture, long size)
            throws CodecException {
        HttpReply reply =
                http.send(
                        HttpWrite.post("/" + model)
                                .withIdempotencyKey()
                                .body(HttpBody.stream("application/octet-stream", picture, size)));
        if (reply.status() >= 400) {
            refuseForGood(reply);
        }
        return labels(reply.orThrow().as(JSON));
    }

    private static void refuseForGood(HttpReply reply) {
        JsonValue body;
        try {
            body = reply.as(JSON);
        } catch (CodecException noJson) {
            return; // what stands before the classifier: its status says whether to repeat
        }
        if (body instanceof JsonValue.Obj(var members)
                && members.get("errors") instanceof JsonValue.Arr(var errors)
                && !errors.isEmpty()
                && errors.getFirst() instanceof JsonValue.Obj(var error)
                && error.get("code") instanceof JsonValue.Num(String code)
                && PERMANENT.contains((long) Double.parseDouble(code))) {
            String why = error.get("message") instanceof JsonValue.Text(String text) ? text : "";
            throw new NonRetryableException(code + ": " + why);
        }
    }

    private static List<Label> labels(JsonValue body) {
        if (!(body instanceof JsonValue.Obj(Map<String, JsonValue> members))
                || !(members.get("result") instanceof JsonValue.Arr(List<JsonValue> result))
                || result.isEmpty()) {
            throw new IllegalStateException("the classifier's reply has no result: " + body);
        }
        List<Label> labels = new ArrayList<>();
        for (JsonValue one : result) {
            labels.add(label(one));
        }
        double sum = labels.stream().mapToDouble(Label::score).sum();
        if (sum > 1 + TOLERANCE) {
            throw new IllegalStateException("scores add up to " + sum);
        }
        return labels.stream()
                .sorted(Comparator.comparingDouble(Label::score).reversed())
                .limit(MOST_LABELS)
                .toList();
    }

    private static Label label(JsonValue one) {
        if (one instanceof JsonValue.Obj(Map<String, JsonValue> of)
                && of.get("label") instanceof JsonValue.Text(String label)
                && of.get("score") instanceof JsonValue.Num(String text)) {
            double score = Double.parseDouble(text);
            if (score >= 0 && score <= 1) {
                return new Label(label, score);
            }
        }
        throw new IllegalStateException("this is no label with a score from 0 to 1: " + one);
    }
}
