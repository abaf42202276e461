package dev.flowir.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.cap.UploadedFile;
import dev.flowir.kernel.form.FormLimits;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Forms with files: into a bucket as they come, or nothing of them. */
final class FormsTest extends FormSuite {

    @Test
    void fieldsAndFilesAreTheInput() throws Exception {
        serveForms(FormLimits.DEFAULT);
        byte[] large = new byte[9 * 1024 * 1024 + 17];
        new Random(1).nextBytes(large);
        String latin = new String(large, ISO_8859_1);
        String body =
                text("title", new String("Füße".getBytes(UTF_8), ISO_8859_1))
                        + text("year", "1999")
                        + text("tags", "a")
                        + text("tags", "b\r\nc")
                        + file("cover", "a\\\"b.png", "png")
                        + file("pages", "large.bin", latin)
                        + file("pages", "empty", "")
                        + END;

        HttpResponse<String> response = form("/albums", body.getBytes(ISO_8859_1));

        assertEquals(200, response.statusCode(), response.body());
        Album album = album();
        assertEquals("Füße", album.title());
        assertEquals(Optional.of(1999), album.year());
        assertEquals(List.of("a", "b\r\nc"), album.tags());
        UploadedFile cover = album.cover().orElseThrow();
        assertEquals("a\"b.png", cover.name());
        assertEquals("image/png", cover.contentType());
        assertTrue(cover.key().startsWith("up/"));
        assertArrayEquals("png".getBytes(UTF_8), stored(cover));
        assertEquals(2, album.pages().size());
        UploadedFile first = album.pages().get(0);
        assertArrayEquals(large, stored(first));
        assertEquals(large.length, first.size());
        assertEquals(
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(large)),
                first.sha256());
        UploadedFile empty = album.pages().get(1);
        assertEquals("empty", empty.name());
        assertEquals(0, empty.size());
        assertEquals(0, stored(empty).length);
        assertEquals(3, keys().size());
    }

    @Test
    void aFormIsTheSameWhereverItsBodyIsCut() throws Exception {
        serveForms(FormLimits.DEFAULT);
        byte[] body =
                (text("title", "t") + file("cover", "漢字.png", "\r\n--\r\n-b") + END)
                        .getBytes(UTF_8);
        for (int size = 1; size < body.length; size += 1 + size / 3) {
            try (RawClient raw = new RawClient(port())) {
                raw.ask(
                        "POST /albums HTTP/1.1",
                        "Content-Type: multipart/form-data;boundary=\"b\"",
                        "Transfer-Encoding: chunked",
                        "Connection: close");
                for (int from = 0; from < body.length; from += size) {
                    byte[] chunk =
                            Arrays.copyOfRange(body, from, Math.min(from + size, body.length));
                    raw.say(Integer.toHexString(chunk.length) + "\r\n").say(chunk).say("\r\n");
                }
                raw.say("0\r\n\r\n");
                String answer = raw.hearAll();
                assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            }
            UploadedFile cover = album().cover().orElseThrow();
            assertEquals("漢字.png", cover.name());
            assertArrayEquals("\r\n--\r\n-b".getBytes(UTF_8), stored(cover));
        }
    }

    @Test
    void twoFormsGoOverOneConnection() throws Exception {
        serveForms(FormLimits.DEFAULT);
        String body = text("title", "t") + END;
        try (RawClient raw = new RawClient(port())) {
            for (int i = 0; i < 2; i++) {
                raw.ask(
                        "POST /albums HTTP/1.1",
                        "Content-Type: multipart/form-data; boundary=b",
                        "Content-Length: " + body.length());
                raw.say(body);
                String answer = raw.hearAnswer();
                assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            }
        }
    }

    @Test
    void aParameterOfThePathIsNoField() throws Exception {
        FlowServlet servlet = serveForms(FormLimits.DEFAULT);
        byte[] good = (file("file", "f", "x") + END).getBytes(UTF_8);
        byte[] doubled = (text("owner", "me") + file("file", "f", "x") + END).getBytes(UTF_8);
        String type = "multipart/form-data; boundary=b";

        assertEquals(
                200,
                send(to("/of/ann")
                                .header("Content-Type", type)
                                .PUT(BodyPublishers.ofByteArray(good)))
                        .statusCode());
        One one = (One) taken(runtime.seen).input();
        assertEquals("ann", one.owner());
        writer.delete(one.file().key());

        assertRefused(
                servlet,
                400,
                "FORM105",
                send(
                        to("/of/ann")
                                .header("Content-Type", type)
                                .PUT(BodyPublishers.ofByteArray(doubled))));
    }

    @Test
    void anInputOfFilesWithoutAFileIsLeftOut() throws Exception {
        serveForms(FormLimits.DEFAULT);
        assertEquals(
                200,
                form(text("title", "t") + file("cover", "", "") + file("pages", "", "") + END)
                        .statusCode());
        Album album = album();
        assertEquals(Optional.empty(), album.cover());
        assertEquals(List.of(), album.pages());
    }

    @Test
    void whatTheFlowDoesNotTakeIsRefusedAndNothingIsKept() throws Exception {
        FlowServlet servlet = serveForms(FormLimits.DEFAULT);
        String good = text("title", "t") + file("cover", "c", "x");

        HttpResponse<String> unknown = form(good + text("titel", "t") + END);
        assertRefused(servlet, 400, "FORM105", unknown);
        assertEquals(JsonValue.text("titel"), details(unknown, "field"));
        assertEquals(JsonValue.number(3), details(unknown, "part"));
        assertEquals(
                JsonValue.text("fields are title, year, tags, cover, pages"),
                details(unknown, "suggestion"));
        assertRefused(servlet, 400, "FORM106", form(good + text("title", "t") + END));
        assertRefused(servlet, 400, "FORM106", form(good + file("cover", "c", "x") + END));
        assertRefused(servlet, 400, "FORM106", form(good + text("pages", "x") + END));
        assertRefused(servlet, 400, "FORM106", form(good + file("tags", "f", "x") + END));
        assertRefused(servlet, 400, "FORM106", form(good + file("pages", "", "x") + END));
        assertRefused(servlet, 400, "FORM103", form(good));
        assertRefused(servlet, 400, "FORM103", form(""));
        HttpResponse<String> missing = form(file("cover", "c", "x") + END);
        assertEquals(400, missing.statusCode());
        assertEquals(JsonValue.text("/title"), details(missing, "pointer"));
        assertNothingIsLeft(servlet);
        HttpResponse<String> number = form(good + text("year", "soon") + END);
        assertEquals(JsonValue.text("/year"), details(number, "pointer"));
        assertNothingIsLeft(servlet);
        byte[] latin = (good + text("tags", "\u00fc") + END).getBytes(ISO_8859_1);
        assertRefused(servlet, 400, "FORM107", form("/albums", latin));
        String declared =
                text("title", "x")
                        .replace(
                                "\r\n\r\n", "\r\nContent-Type: text/plain; charset=latin1\r\n\r\n");
        assertRefused(servlet, 400, "FORM107", form(declared + END));
    }

    @Test
    void aBodyThatIsNoFormIsRefusedBeforeItIsRead() throws Exception {
        FlowServlet servlet = serveForms(FormLimits.DEFAULT);
        assertRefused(servlet, 415, "FORM101", post("/albums", "{}"));
        for (String boundary :
                List.of(
                        "",
                        "; boundary=",
                        "; boundary=\"" + "b".repeat(71) + "\"",
                        "; boundary=\"b")) {
            assertRefused(
                    servlet,
                    400,
                    "FORM102",
                    send(
                            to("/albums")
                                    .header("Content-Type", "multipart/form-data" + boundary)
                                    .POST(BodyPublishers.ofString(text("title", "t") + END))));
        }
        String longest = "b".repeat(70);
        String body = (text("title", "t") + END).replace("--b", "--" + longest);
        assertEquals(
                200,
                send(to("/albums")
                                .header("Content-Type", "multipart/form-data; boundary=" + longest)
                                .POST(BodyPublishers.ofString(body)))
                        .statusCode());
    }

    @Test
    void aFormNeedsARecord() {
        IllegalArgumentException refused =
                org.junit.jupiter.api.Assertions.assertThrows(
                        IllegalArgumentException.class,
                        () -> serve(routes -> routes.post("/t", TEXT, r -> r.form(files))));
        assertTrue(String.valueOf(refused.getMessage()).contains("record"));
    }
}
