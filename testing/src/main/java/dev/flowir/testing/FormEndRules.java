package dev.flowir.testing;

import static dev.flowir.testing.FormScene.END;
import static dev.flowir.testing.FormScene.TYPE;
import static dev.flowir.testing.FormScene.album;
import static dev.flowir.testing.FormScene.file;
import static dev.flowir.testing.FormScene.rule;
import static dev.flowir.testing.FormScene.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Forms that do not come to their end, and several at once. */
final class FormEndRules {

    private FormEndRules() {}

    static List<Rule<FormBench>> all() {
        return List.of(
                rule(
                        "FORM-09",
                        "of a client that goes away nothing is left",
                        "uploads that were begun, and who removes them",
                        FormEndRules::leavesNothing),
                rule(
                        "FORM-10",
                        "a form that does not come in its time is 408, and nothing is left",
                        "the time for the whole body",
                        FormEndRules::waitsNoLonger),
                rule(
                        "FORM-11",
                        "as many forms come at once as may; one more is 503 with Retry-After",
                        "when a place is taken, and when it is free again",
                        FormEndRules::takesSoMany),
                rule(
                        "FORM-12",
                        "two large forms at once are stored each as it was sent",
                        "what forms share",
                        FormEndRules::keepsFormsApart),
                rule(
                        "FORM-13",
                        "who still sends a form that is refused hears why",
                        "what is thrown away before the answer",
                        FormEndRules::isHeard));
    }

    private static void leavesNothing(FormScene scene) throws Exception {
        String body =
                text("title", "t")
                        + file("pages", "p", "x".repeat(100_000))
                        + file("cover", "c", "y".repeat(6 << 20));
        for (int cut : new int[] {0, 5, 60, 300, 100_200, 150_000, body.length()}) {
            try (FormScene.Connection raw =
                    scene.connect(
                            "/albums",
                            "content-type: " + TYPE,
                            "content-length: " + (body.length() + END.length()))) {
                raw.say(body.substring(0, cut));
                if (cut > 200) {
                    scene.awaitOpen();
                }
                raw.reset();
            }
            scene.nothingIsKept();
        }
    }

    private static void waitsNoLonger(FormScene scene) throws Exception {
        try (FormScene.Connection raw =
                scene.connect("/soon", "content-type: " + TYPE, "content-length: 1000")) {
            raw.say(text("title", "t") + file("cover", "c", "x").substring(0, 90));
            String status = raw.status();
            Expect.that("it is 408: " + status, status.startsWith("HTTP/1.1 408 "));
        }
        scene.nothingIsKept();
    }

    private static void takesSoMany(FormScene scene) throws Exception {
        String body = text("title", "t") + file("cover", "c", "x") + END;
        int most = body.length() - END.length() - 3;
        try (FormScene.Connection first =
                scene.connect(
                        "/one", "content-type: " + TYPE, "content-length: " + body.length())) {
            first.say(body.substring(0, most));
            scene.awaitOpen();
            HttpResponse<String> second = scene.form("/one", body);
            Expect.equal(second.body() + ": status", 503, second.statusCode());
            Expect.equal(
                    "when to come again",
                    "1",
                    second.headers().firstValue("retry-after").orElse(""));
            Expect.equal(
                    "answer",
                    "{\"error\":\"too many forms at the same time\",\"code\":\"HTTP503\","
                            + "\"requestId\":\"fixed-id\"}",
                    second.body());
            first.say(body.substring(most));
            String status = first.status();
            Expect.that("the first is taken: " + status, status.startsWith("HTTP/1.1 200 "));
        }
        album(scene.form("/one", body));
    }

    private static void keepsFormsApart(FormScene scene) throws Exception {
        try (ExecutorService two = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> one = two.submit(() -> sends(scene, 2));
            Future<?> other = two.submit(() -> sends(scene, 3));
            one.get();
            other.get();
        }
    }

    private static boolean sends(FormScene scene, int seed) throws Exception {
        byte[] large = new byte[8 << 20];
        new Random(seed).nextBytes(large);
        String body = text("title", "t") + file("cover", "c", new String(large, ISO_8859_1)) + END;
        scene.isStored(
                album(scene.form("/albums", body.getBytes(ISO_8859_1))).cover().orElseThrow(),
                large);
        return true;
    }

    private static void isHeard(FormScene scene) throws Exception {
        String body = text("titel", "t") + file("cover", "c", "x".repeat(3 << 20)) + END;
        scene.refused(400, "FORM105", scene.form("/albums", body));
        scene.refused(400, "FORM105", scene.chunked("/albums", body));
    }
}
