package dev.flowir.testing;

import static dev.flowir.testing.FormScene.END;
import static dev.flowir.testing.FormScene.TYPE;
import static dev.flowir.testing.FormScene.album;
import static dev.flowir.testing.FormScene.file;
import static dev.flowir.testing.FormScene.rule;
import static dev.flowir.testing.FormScene.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.kernel.cap.UploadedFile;
import dev.flowir.testing.FormFlows.Album;
import dev.flowir.testing.FormFlows.Owned;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What forms come to, and which are refused. */
final class FormRules {

    /** Three parts of the smallest size that a store takes of a larger file. */
    private static final int LARGE_BYTES = 11 * 1024 * 1024 + 17;

    private FormRules() {}

    static List<Rule<FormBench>> all() {
        return List.of(
                rule(
                        "FORM-01",
                        "fields and files are the input, and a file of several parts is stored as"
                                + " it was sent",
                        "what becomes of names, texts and bytes on their way",
                        FormRules::areTheInput),
                rule(
                        "FORM-02",
                        "a form is the same wherever its body is cut",
                        "delimiters and heads of parts over two pieces",
                        FormRules::isTheSameWhereverItIsCut),
                rule(
                        "FORM-03",
                        "a parameter of the path is no field",
                        "which components of the input are fields",
                        FormRules::takesTheOwnerFromThePath),
                rule(
                        "FORM-04",
                        "an input of files in which nobody chose one is left out",
                        "a file without a name and without bytes",
                        FormRules::leavesOutEmptyInputs),
                rule(
                        "FORM-05",
                        "what the flow does not take is refused with its place, and nothing is"
                                + " kept",
                        "fields, files, texts, and where a body breaks off",
                        FormRules::refusesOtherFields),
                rule(
                        "FORM-06",
                        "a form that is not the flow's input is refused, and its files are removed",
                        "what the codec says, and what happens to files that were taken",
                        FormRules::refusesOtherInput),
                rule(
                        "FORM-07",
                        "a body that is no form is refused before it is read",
                        "media type, boundary, compression, and the announced length",
                        FormRules::refusesOtherMedia),
                rule(
                        "FORM-08",
                        "limits hold on both sides, whatever length was told",
                        "text, a file, parts, the head of a part, the whole",
                        FormRules::keepsLimits));
    }

    private static void areTheInput(FormScene scene) throws Exception {
        byte[] large = new byte[LARGE_BYTES];
        new Random(1).nextBytes(large);
        String body =
                text("title", new String("Füße".getBytes(UTF_8), ISO_8859_1))
                        + text("year", "1999")
                        + text("tags", "a")
                        + text("tags", "b\r\nc")
                        + file("cover", "a\\\"b.png", "png")
                        + file("pages", "large.bin", new String(large, ISO_8859_1))
                        + file("pages", "empty", "")
                        + END;
        Album album = album(scene.form("/albums", body.getBytes(ISO_8859_1)));
        Expect.equal("title", "Füße", album.title());
        Expect.equal("year", Optional.of(1999), album.year());
        Expect.equal("tags", List.of("a", "b\r\nc"), album.tags());
        UploadedFile cover = album.cover().orElseThrow();
        Expect.equal("name", "a\"b.png", cover.name());
        Expect.equal("type", "image/png", cover.contentType());
        scene.isStored(cover, "png".getBytes(UTF_8));
        Expect.equal("pages", 2, album.pages().size());
        UploadedFile first = album.pages().get(0);
        scene.isStored(first, large);
        Expect.equal(
                "SHA-256",
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(large)),
                first.sha256());
        UploadedFile empty = album.pages().get(1);
        Expect.equal("name", "empty", empty.name());
        scene.isStored(empty, new byte[0]);
        Expect.equal("objects", 3, scene.stored("").keys().size());
    }

    private static void isTheSameWhereverItIsCut(FormScene scene) throws Exception {
        byte[] body =
                (text("title", "t") + file("cover", "漢字.png", "\r\n--\r\n-b") + END)
                        .getBytes(UTF_8);
        for (int size = 1; size < body.length; size += 1 + size / 3) {
            try (FormScene.Connection raw =
                    scene.connect(
                            "/albums",
                            "content-type: multipart/form-data;boundary=\"b\"",
                            "transfer-encoding: chunked",
                            "connection: close")) {
                for (int from = 0; from < body.length; from += size) {
                    byte[] chunk =
                            Arrays.copyOfRange(body, from, Math.min(from + size, body.length));
                    raw.say(Integer.toHexString(chunk.length) + "\r\n");
                    raw.say(chunk);
                    raw.say("\r\n");
                }
                raw.say("0\r\n\r\n");
                Expect.equal("status", "HTTP/1.1 200 OK", ok(raw.status()));
            }
            List<String> keys = scene.stored("").keys();
            Expect.equal("objects of a form in pieces of " + size, 1, keys.size());
            Expect.equal("size", 8L, scene.stored(keys.get(0)).size());
            scene.clear();
        }
    }

    /** A reason phrase is the server's own. */
    private static String ok(String status) {
        return status.startsWith("HTTP/1.1 200") ? "HTTP/1.1 200 OK" : status;
    }

    private static HttpResponse<String> owned(FormScene scene, String body) throws Exception {
        return scene.send(
                scene.to("/of/ann")
                        .header("content-type", TYPE)
                        .PUT(BodyPublishers.ofString(body)));
    }

    private static void takesTheOwnerFromThePath(FormScene scene) throws Exception {
        HttpResponse<String> good = owned(scene, file("file", "f", "x") + END);
        Expect.equal(good.body() + ": status", 200, good.statusCode());
        Expect.equal("owner", "ann", FormScene.read(Owned.class, good).owner());
        scene.clear();
        scene.refused(
                400, "FORM105", owned(scene, text("owner", "me") + file("file", "f", "x") + END));
    }

    private static void leavesOutEmptyInputs(FormScene scene) throws Exception {
        String body = text("title", "t") + file("cover", "", "") + file("pages", "", "") + END;
        Album album = album(scene.form("/albums", body));
        Expect.equal("cover", Optional.empty(), album.cover());
        Expect.equal("pages", List.of(), album.pages());
    }

    private static void refusesOtherFields(FormScene scene) throws Exception {
        String good = text("title", "t") + file("cover", "c", "x");
        HttpResponse<String> unknown = scene.form("/albums", good + text("titel", "t") + END);
        scene.refused(400, "FORM105", unknown);
        Expect.equal(
                "answer",
                "{\"error\":\"the form has no field 'titel'\",\"code\":\"FORM105\","
                        + "\"details\":{\"byte\":"
                        + ((good + text("titel", "")).indexOf("\r\n\r\n", good.length()) + 4)
                        + ",\"part\":3,\"field\":\"titel\","
                        + "\"suggestion\":\"fields are title, year, tags, cover, pages\"},"
                        + "\"requestId\":\"fixed-id\"}",
                unknown.body());
        for (String wrong :
                List.of(
                        text("title", "t"),
                        file("cover", "c", "x"),
                        text("pages", "x"),
                        file("tags", "f", "x"),
                        file("pages", "", "x"))) {
            scene.refused(400, "FORM106", scene.form("/albums", good + wrong + END));
        }
        scene.refused(400, "FORM103", scene.form("/albums", good));
        scene.refused(400, "FORM103", scene.form("/albums", ""));
        scene.refused(
                400, "FORM103", scene.form("/albums", good + "--b\r\nnonsense\r\n\r\n" + END));
        byte[] latin = (good + text("tags", "\u00fc") + END).getBytes(ISO_8859_1);
        scene.refused(400, "FORM107", scene.form("/albums", latin));
    }

    private static void refusesOtherInput(FormScene scene) throws Exception {
        HttpResponse<String> missing = scene.form("/albums", file("cover", "c", "x") + END);
        Expect.equal(missing.body() + ": status", 400, missing.statusCode());
        Expect.that(missing.body(), missing.body().contains("\"pointer\":\"/title\""));
        scene.nothingIsKept();
        String year = text("title", "t") + file("cover", "c", "x") + text("year", "soon") + END;
        HttpResponse<String> number = scene.form("/albums", year);
        Expect.that(number.body(), number.body().contains("\"pointer\":\"/year\""));
        scene.nothingIsKept();
        scene.refused(
                400,
                "HTTP400",
                scene.send(
                        scene.to("/albums")
                                .header("content-type", TYPE)
                                .header("x-deadline-ms", "soon")
                                .POST(
                                        BodyPublishers.ofString(
                                                text("title", "t")
                                                        + file("cover", "c", "x")
                                                        + END))));
    }

    private static HttpResponse<String> typed(FormScene scene, String type, String body)
            throws Exception {
        return scene.send(
                scene.to("/albums")
                        .header("content-type", type)
                        .POST(BodyPublishers.ofString(body)));
    }

    private static void refusesOtherMedia(FormScene scene) throws Exception {
        String body = text("title", "t") + END;
        scene.refused(415, "FORM101", typed(scene, "application/json", "{}"));
        for (String boundary :
                List.of(
                        "",
                        "; boundary=",
                        "; boundary=\"" + "b".repeat(71) + "\"",
                        "; boundary=\"b")) {
            scene.refused(400, "FORM102", typed(scene, "multipart/form-data" + boundary, body));
        }
        String longest = "b".repeat(70);
        album(
                typed(
                        scene,
                        "Multipart/Form-Data; boundary=" + longest,
                        body.replace("--b", "--" + longest)));
        HttpResponse<String> packed =
                scene.send(
                        scene.to("/albums")
                                .header("content-type", TYPE)
                                .header("content-encoding", "gzip")
                                .POST(BodyPublishers.ofString(body)));
        Expect.equal("status of a compressed one", 415, packed.statusCode());
        Expect.equal(
                "what would be taken",
                "identity",
                packed.headers().firstValue("accept-encoding").orElse(""));
    }

    private static void keepsLimits(FormScene scene) throws Exception {
        String fits = text("title", "123") + text("tags", "45") + file("cover", "c", "678") + END;
        String filled = "x".repeat(FormFlows.WHOLE_BYTES - (text("title", "") + END).length());
        bounds(scene, "/text", fits, fits.replace("45", "456"));
        bounds(scene, "/file", fits, fits.replace("678", "6789"));
        bounds(scene, "/parts", fits, text("tags", "6") + fits);
        bounds(scene, "/head", fits, fits.replace("\"c\"", "\"" + "c".repeat(30) + "\""));
        bounds(scene, "/whole", text("title", filled) + END, text("title", filled + "x") + END);
    }

    private static void bounds(FormScene scene, String path, String fits, String larger)
            throws Exception {
        album(scene.form(path, fits));
        scene.clear();
        album(scene.chunked(path, fits));
        scene.clear();
        scene.refused(413, "FORM104", scene.form(path, larger));
        scene.refused(413, "FORM104", scene.chunked(path, larger));
    }
}
