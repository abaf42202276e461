package dev.flowir.testing;

import dev.flowir.http.HttpLimits;
import dev.flowir.http.model.Classification;
import dev.flowir.http.model.ClassifierSettings;
import dev.flowir.http.model.ImageClassifier;
import dev.flowir.http.model.Label;
import dev.flowir.http.model.ModelFault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Rules of {@link ModelContract} about classifiers of images. */
final class ModelImageRules {

    private static final byte[] IMAGE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, -1};

    private ModelImageRules() {}

    static List<Rule<ModelBench>> rules() {
        return List.of(
                Rule.of(
                        "MODEL-60",
                        "an image is sent as its bytes, and what it shows comes sorted by score",
                        "path, content type, the result around the list, and the order",
                        ModelImageRules::classifies),
                Rule.of(
                        "MODEL-61",
                        "what is no list of labels with scores from 0 to 1 is refused",
                        "what is looked at before labels are given on",
                        ModelImageRules::refusesNonsense),
                Rule.of(
                        "MODEL-62",
                        "a classifier's refusals are told like a text model's",
                        "5007, 3040, and errors in an answer of status 200",
                        ModelImageRules::tellsRefusals),
                Rule.of(
                        "MODEL-63",
                        "images and lists have bounds",
                        "no bytes at all, maxRequestBytes, maxLabels",
                        ModelImageRules::keepsBounds),
                Rule.of(
                        "MODEL-64",
                        "an image may be given as a stream, and is sent as the same bytes",
                        "what becomes of a stream and its length",
                        ModelImageRules::streams),
                Rule.of(
                        "MODEL-65",
                        "where asked, each image of an attempt is sent with a key of its own",
                        "the header idempotency-key: the work's key, then .2 behind it",
                        ModelImageRules::namesImages));
    }

    private static void classifies(ModelBench bench, TestClock clock) {
        String labels =
                "[{\"label\":\"TABBY\",\"score\":0.25},{\"label\":\"EGYPTIAN CAT\",\"score\":0.625},"
                        + "{\"label\":\"LYNX\",\"score\":1e-1}]";
        bench.server()
                .then(200, "{\"result\":" + labels + ",\"success\":true,\"errors\":[]}")
                .then(200, labels);
        ImageClassifier classifier = bench.classifier(same -> same);
        Classification expected =
                new Classification(
                        ModelBench.IMAGE_MODEL,
                        List.of(
                                new Label("EGYPTIAN CAT", 0.625),
                                new Label("TABBY", 0.25),
                                new Label("LYNX", 0.1)));
        Expect.equal("in a result", expected, classifier.classify(IMAGE));
        Expect.equal("bare", expected, classifier.classify(IMAGE));
        Expect.equal("best", Optional.of(new Label("EGYPTIAN CAT", 0.625)), expected.best());
        WireRequest request = bench.server().requests().get(0);
        Expect.equal("path", "/ai/run/@cf/microsoft/resnet-50", request.target());
        Expect.equal("bytes", IMAGE, request.body());
        Expect.equal(
                "type", Optional.of("application/octet-stream"), request.header("content-type"));
    }

    private static void refusesNonsense(ModelBench bench, TestClock clock) {
        ImageClassifier classifier = bench.classifier(same -> same);
        bench.server().then(200, "[]");
        Expect.equal("no labels", List.of(), classifier.classify(IMAGE).labels());
        for (String body :
                List.of(
                        "",
                        "{}",
                        "{\"result\":{}}",
                        "[1]",
                        "[{\"label\":\"a\"}]",
                        "[{\"score\":1}]",
                        "[{\"label\":7,\"score\":1}]",
                        "[{\"label\":\"a\",\"score\":\"1\"}]",
                        "[{\"label\":\"a\",\"score\":1.01}]",
                        "[{\"label\":\"a\",\"score\":-0.01}]")) {
            bench.server().forget().then(200, body);
            ModelContract.refused(ModelFault.BAD_ANSWER, () -> classifier.classify(IMAGE));
        }
    }

    private static void tellsRefusals(ModelBench bench, TestClock clock) {
        ImageClassifier classifier = bench.classifier(same -> same);
        String errors = "{\"success\":false,\"errors\":[{\"code\":%d,\"message\":\"said\"}]}";
        bench.server()
                .then(400, errors.formatted(5007))
                .then(429, errors.formatted(3040))
                .then(200, errors.formatted(3007));
        ModelContract.refused(ModelFault.NO_SUCH_MODEL, () -> classifier.classify(IMAGE));
        Expect.that(
                "another attempt may help",
                ModelContract.refused(ModelFault.BUSY, () -> classifier.classify(IMAGE))
                        .isRetriable());
        ModelContract.refused(ModelFault.SERVICE_FAILED, () -> classifier.classify(IMAGE));
    }

    private static void keepsBounds(ModelBench bench, TestClock clock) {
        String two = "[{\"label\":\"a\",\"score\":0.5},{\"label\":\"b\",\"score\":0.5}]";
        bench.server().then(200, two);
        ImageClassifier exact = bench.classifier(settings -> settings.withMaxLabels(2));
        ImageClassifier small =
                bench.classifier(settings ->
                        settings.withMaxLabels(1)
                                .with(
                                        bench.calling()
                                                .with(
                                                        HttpLimits.DEFAULT.withMaxRequestBytes(
                                                                IMAGE.length))));
        Expect.equal("as many as allowed", 2, exact.classify(IMAGE).labels().size());
        ModelContract.refused(ModelFault.ANSWER_TOO_LARGE, () -> small.classify(IMAGE));
        ModelContract.refused(
                ModelFault.TOO_LARGE, () -> small.classify(new byte[IMAGE.length + 1]));
        ModelContract.refused(ModelFault.BAD_QUESTION, () -> small.classify(new byte[0]));
        Expect.equal("requests", 2, bench.server().requests().size());
    }

    private static void streams(ModelBench bench, TestClock clock) throws IOException {
        bench.server().then(200, "[]");
        ImageClassifier classifier = bench.classifier(same -> same);
        classifier.classify(new ByteArrayInputStream(IMAGE), IMAGE.length);
        Expect.equal("bytes", IMAGE, bench.server().requests().get(0).body());
        ModelContract.refused(
                ModelFault.BAD_QUESTION,
                () -> classifier.classify(new ByteArrayInputStream(new byte[0]), 0));
        Expect.equal("requests", 1, bench.server().requests().size());
    }

    private static void namesImages(ModelBench bench, TestClock clock) {
        bench.server().then(200, "[]").then(200, "[]").then(200, "[]");
        bench.classifier(same -> same).classify(IMAGE);
        ImageClassifier keyed = bench.classifier(ClassifierSettings::withIdempotencyKey);
        keyed.classify(IMAGE);
        keyed.classify(IMAGE);
        Expect.equal(
                "keys",
                List.of(Optional.empty(), Optional.of("contract"), Optional.of("contract.2")),
                bench.server().requests().stream()
                        .map(request -> request.header("idempotency-key"))
                        .toList());
    }
}
