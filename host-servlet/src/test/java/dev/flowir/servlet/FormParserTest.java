package dev.flowir.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.form.FormException;
import dev.flowir.kernel.form.FormLimits;
import dev.flowir.kernel.form.FormParser;
import dev.flowir.kernel.form.PartHead;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.tomcat.util.http.fileupload.MultipartStream;
import org.junit.jupiter.api.Test;

/** Bodies taken apart, whatever they are cut into; beside the parser that Tomcat carries. */
final class FormParserTest {

    private static final FormLimits LIMITS = FormLimits.DEFAULT;

    /** A part as it was taken. */
    private record Part(String field, Optional<String> file, String type, String content) {}

    /** A stream that gives at most so many bytes at once. */
    private static InputStream cut(byte[] bytes, int most) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, most));
            }
        };
    }

    private static List<Part> parts(InputStream in, String boundary, FormLimits limits)
            throws IOException {
        FormParser parser = new FormParser(in, boundary, limits);
        List<Part> all = new ArrayList<>();
        for (PartHead head = parser.next(); head != null; head = parser.next()) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            byte[] chunk = new byte[7];
            for (int n = parser.read(chunk, 0, 7); n >= 0; n = parser.read(chunk, 0, 7)) {
                content.write(chunk, 0, n);
            }
            all.add(
                    new Part(
                            head.field(),
                            head.fileName(),
                            head.contentType(),
                            content.toString(ISO_8859_1)));
        }
        return all;
    }

    private static List<Part> parts(String body, String boundary) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        return parts(cut(bytes, Integer.MAX_VALUE), boundary, LIMITS);
    }

    private static String part(String name, String content) {
        return "--b\r\nContent-Disposition: form-data; name=\""
                + name
                + "\"\r\n\r\n"
                + content
                + "\r\n";
    }

    private static String refusal(String body) {
        FormException refused = assertThrows(FormException.class, () -> parts(body, "b"), body);
        String told = refused.envelope("r").json().toString();
        assertTrue(told.contains("suggestion"), told);
        assertTrue(told.contains("byte"), told);
        return refused.getMessage();
    }

    @Test
    void aBodyIsTheSameWhereverItIsCut() throws IOException {
        String body =
                "preamble\r\n--b \t\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\n"
                        + "--b\r\r\n--\r\n-b--a\r\n\r\n"
                        + part("empty", "")
                        + "--b\r\ncontent-disposition:form-data;name=f;filename=\"a.txt\"\r\n"
                        + "Content-Type: text/plain\r\n\r\n\r\n\r\n\r\n--b--\r\nepilogue\r\n--b\r\n";
        List<Part> expected =
                List.of(
                        new Part("t", Optional.empty(), "", "--b\r\r\n--\r\n-b--a\r\n"),
                        new Part("empty", Optional.empty(), "", ""),
                        new Part("f", Optional.of("a.txt"), "text/plain", "\r\n\r\n"));
        byte[] bytes = body.getBytes(UTF_8);
        for (int most = 1; most <= bytes.length; most++) {
            assertEquals(expected, parts(cut(bytes, most), "b", LIMITS), "cut at " + most);
        }
    }

    @Test
    void randomBodiesAreReadAsTomcatReadsThem() throws IOException {
        Random random = new Random(7);
        char[] letters = "\r\n-bB".toCharArray();
        for (int round = 0; round < 3_000; round++) {
            String boundary = round % 3 == 0 ? "b" : round % 3 == 1 ? "-b-b" : "'bb:b.b=b?";
            StringBuilder body = new StringBuilder();
            int count = 1 + random.nextInt(4);
            for (int i = 0; i < count; i++) {
                StringBuilder content = new StringBuilder();
                int length = random.nextInt(200);
                for (int c = 0; c < length; c++) {
                    content.append(letters[random.nextInt(letters.length)]);
                }
                String text = content.toString().replace("\r\n--" + boundary, "");
                if (("\r\n" + text + "\r\n").contains("\r\n--" + boundary)) {
                    text = "";
                }
                body.append("--").append(boundary).append("\r\n");
                body.append("Content-Disposition: form-data; name=\"f").append(i);
                body.append("\"\r\n\r\n").append(text).append("\r\n");
            }
            byte[] bytes = (body + "--" + boundary + "--\r\n").getBytes(ISO_8859_1);
            List<String> ours =
                    parts(cut(bytes, 1 + random.nextInt(50)), boundary, LIMITS).stream()
                            .map(Part::content)
                            .toList();
            assertEquals(asTomcatDoes(bytes, boundary), ours, () -> body.toString());
        }
    }

    private static List<String> asTomcatDoes(byte[] body, String boundary) throws IOException {
        List<String> all = new ArrayList<>();
        MultipartStream stream =
                new MultipartStream(
                        new ByteArrayInputStream(body), boundary.getBytes(ISO_8859_1), 4096, null);
        for (boolean next = stream.skipPreamble(); next; next = stream.readBoundary()) {
            stream.readHeaders();
            try (InputStream in = stream.newInputStream()) {
                all.add(new String(in.readAllBytes(), ISO_8859_1));
            }
        }
        return all;
    }

    @Test
    void namesAreReadAsClientsWriteThem() throws IOException {
        Map<String, String> written =
                Map.ofEntries(
                        Map.entry("\"a b.txt\"", "a b.txt"),
                        Map.entry("plain.txt", "plain.txt"),
                        Map.entry("\"a\\\"b.txt\"", "a\"b.txt"),
                        Map.entry("\"a%22b.txt\"", "a\"b.txt"),
                        Map.entry("\"a;name=x.txt\"", "a;name=x.txt"),
                        Map.entry("\"C:\\dir\\x.txt\"", "C:\\dir\\x.txt"),
                        Map.entry("\"../../etc/passwd\"", "../../etc/passwd"),
                        Map.entry("\"naïve 漢字 😀.png\"", "naïve 漢字 😀.png"),
                        Map.entry("\"x\"; filename*=UTF-8''na%C3%AFve%20%22.txt", "naïve \".txt"),
                        Map.entry("\"x\"; filename*=UTF-8''%C3", "x"),
                        Map.entry("\"x\"; filename*=UTF-8''%0Ay", "x"),
                        Map.entry("\"x\"; filename*=UTF-8''%2", "x"),
                        Map.entry("\"x\"; filename*=latin1''y", "x"),
                        Map.entry("\"\"", ""));
        written.forEach((text, name) -> {
            String body =
                    "--b\r\nContent-Disposition: form-data; name=\"ü\"; filename="
                            + text
                            + "\r\n\r\n\r\n--b--";
            try {
                Part part = parts(body, "b").get(0);
                assertEquals(Optional.of(name), part.file(), text);
                assertEquals("ü", part.field());
            } catch (IOException refused) {
                throw new AssertionError(text, refused);
            }
        });
        String folded =
                "--b\r\nContent-Disposition: form-data;\r\n name=\"t\";\r\n\tfilename=\"f\"\r\n"
                        + "Content-Transfer-Encoding: Binary\r\n\r\nx\r\n--b--";
        assertEquals(List.of(new Part("t", Optional.of("f"), "", "x")), parts(folded, "b"));
    }

    @Test
    void whatIsNoFormIsRefusedWithItsPlace() {
        for (String body :
                List.of(
                        "",
                        "x",
                        "--b",
                        "--b\r\n",
                        "--b-",
                        "--B--\r\n",
                        part("t", "x"),
                        part("t", "x") + "--b",
                        part("t", "x") + "--b-",
                        part("t", "x") + "--bb--\r\n",
                        part("t", "x") + "--b\n",
                        part("t", "x") + "--b\rx",
                        "--b\r\n\r\nx\r\n--b--",
                        "--b\r\nContent-Disposition: form-data; name=t\n\nx\r\n--b--",
                        "--b\r\nContent-Disposition: form-data; name=t\rx\r\n\r\nx\r\n--b--",
                        "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
                        "--b\r\nContent-Disposition: form-data; name=\"t\r\n\r\nx\r\n--b--",
                        "--b\r\nContent-Disposition: form-data; name=\"t\"x\r\n\r\nx\r\n--b--",
                        "--b\r\nContent-Disposition: attachment; name=\"t\"\r\n\r\nx\r\n--b--",
                        "--b\r\nno field\r\n\r\nx\r\n--b--",
                        "--b\r\nX: a\0\r\n\r\nx\r\n--b--",
                        "--b\r\nContent-Disposition: form-data; name=t\r\n"
                                + "Content-Transfer-Encoding: base64\r\n\r\nx\r\n--b--")) {
            assertTrue(refusal(body).startsWith("FORM103"), body);
        }
        byte[] latin =
                "--b\r\nContent-Disposition: form-data; name=\"\u00fc\"\r\n\r\n\r\n--b--"
                        .getBytes(ISO_8859_1);
        assertEquals(
                "FORM107",
                assertThrows(FormException.class, () -> parts(cut(latin, 9), "b", LIMITS)).code());
    }

    @Test
    void aFormWithoutAPartIsOne() throws IOException {
        assertEquals(List.of(), parts("--b--", "b"));
        assertEquals(List.of(), parts("--b--\r\n", "b"));
    }

    @Test
    void limitsHoldOnBothSides() throws IOException {
        String two = part("a", "1") + part("b", "2") + "--b--";
        int size = two.length();
        String head = "Content-Disposition: form-data; name=\"a\"\n";
        bothSides(two, LIMITS.withMaxParts(2), LIMITS.withMaxParts(1));
        bothSides(two, LIMITS.withMaxBytes(size), LIMITS.withMaxBytes(size - 1));
        bothSides(
                two,
                LIMITS.withMaxHeaderBytes(head.length()),
                LIMITS.withMaxHeaderBytes(head.length() - 1));
    }

    private static void bothSides(String body, FormLimits fits, FormLimits small)
            throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        assertEquals(2, parts(cut(bytes, 5), "b", fits).size());
        FormException refused =
                assertThrows(FormException.class, () -> parts(cut(bytes, 5), "b", small));
        assertEquals("FORM104", refused.code());
        assertEquals(413, refused.envelope("r").status());
    }

    @Test
    void anEndlessLineIsRefusedAtItsLimit() {
        InputStream endless =
                new InputStream() {
                    private int told;

                    @Override
                    public int read() {
                        return 'x';
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) {
                        byte[] start = "--b\r\n".getBytes(ISO_8859_1);
                        if (told++ == 0) {
                            System.arraycopy(start, 0, into, offset, start.length);
                            return start.length;
                        }
                        into[offset] = 'x';
                        return 1;
                    }
                };
        FormException refused =
                assertThrows(FormException.class, () -> parts(endless, "b", LIMITS));
        assertEquals("FORM104: the head of a part is larger than 8192 bytes", refused.getMessage());
    }
}
