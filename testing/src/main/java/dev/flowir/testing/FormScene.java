package dev.flowir.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kernel.cap.UploadedFile;
import dev.flowir.testing.FormFlows.Album;
import dev.flowir.testing.FormFlows.Stored;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** A client of one host that takes forms. */
final class FormScene implements Closeable {

    /** Content type of the bodies that are made here. */
    static final String TYPE = "multipart/form-data; boundary=b";

    /** Behind the last part. */
    static final String END = "--b--\r\n";

    /** Against hangs only. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final FormBench bench;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    FormScene(FormBench bench) {
        this.bench = bench;
    }

    /** What a rule does. */
    @FunctionalInterface
    interface Body {
        void show(FormScene scene) throws Exception;
    }

    /** A rule on an empty bucket, which leaves no file open. */
    static Rule<FormBench> rule(String id, String title, String check, Body body) {
        return Rule.of(
                id,
                title,
                check,
                (bench, clock) -> {
                    try (FormScene scene = new FormScene(bench)) {
                        scene.clear();
                        body.show(scene);
                        scene.awaitNothingOpen();
                    }
                });
    }

    static String text(String name, String value) {
        return "--b\r\nContent-Disposition: form-data; name=\""
                + name
                + "\"\r\n\r\n"
                + value
                + "\r\n";
    }

    static String file(String name, String fileName, String content) {
        return "--b\r\nContent-Disposition: form-data; name=\""
                + name
                + "\"; filename=\""
                + fileName
                + "\"\r\nContent-Type: image/png\r\n\r\n"
                + content
                + "\r\n";
    }

    private URI at(String path) {
        return URI.create("http://" + bench.address().getAuthority() + path);
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(at(path)).timeout(LIMIT).header("x-request-id", "fixed-id");
    }

    HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Sends a form whose length is told. */
    HttpResponse<String> form(String path, byte[] body) throws IOException, InterruptedException {
        return send(to(path).header("content-type", TYPE).POST(BodyPublishers.ofByteArray(body)));
    }

    HttpResponse<String> form(String path, String body) throws IOException, InterruptedException {
        return form(path, body.getBytes(UTF_8));
    }

    /** Sends a form in chunks. */
    HttpResponse<String> chunked(String path, String body)
            throws IOException, InterruptedException {
        byte[] bytes = body.getBytes(UTF_8);
        return send(
                to(path).header("content-type", TYPE)
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))));
    }

    /** An album that was taken. */
    static Album album(HttpResponse<String> response) throws CodecException {
        Expect.equal(response.body() + ": status", 200, response.statusCode());
        return read(Album.class, response);
    }

    static <T> T read(Class<T> type, HttpResponse<String> response) throws CodecException {
        return JsonCodecs.strict().of(Type.of(type)).decode(response.body().getBytes(UTF_8));
    }

    Stored stored(String key) throws Exception {
        return asked("/stored", key);
    }

    void clear() throws Exception {
        asked("/clear", "");
    }

    private Stored asked(String path, String key) throws Exception {
        byte[] body =
                JsonCodecs.strict().of(Type.of(FormFlows.Key.class)).encode(new FormFlows.Key(key));
        HttpResponse<String> response =
                send(
                        to(path).header("content-type", "application/json")
                                .POST(BodyPublishers.ofByteArray(body)));
        Expect.equal(response.body() + ": status", 200, response.statusCode());
        return read(Stored.class, response);
    }

    /** The file is what was sent, and says so. */
    void isStored(UploadedFile file, byte[] bytes) throws Exception {
        Stored stored = stored(file.key());
        Expect.that(file.key() + " has the prefix", file.key().startsWith(FormFlows.PREFIX));
        Expect.equal("size that is told", (long) bytes.length, file.size());
        Expect.equal("size", (long) bytes.length, stored.size());
        Expect.equal("type", file.contentType(), stored.type());
        Expect.equal("sum", FormFlows.sum(0, bytes, bytes.length), stored.sum());
    }

    /** It is refused so, and nothing of it is kept. */
    void refused(int status, String code, HttpResponse<String> response) throws Exception {
        Expect.equal(response.body() + ": status", status, response.statusCode());
        Expect.that(
                response.body() + " has " + code,
                response.body().contains("\"code\":\"" + code + "\""));
        nothingIsKept();
    }

    void nothingIsKept() throws Exception {
        awaitNothingOpen();
        Expect.equal("keys", List.of(), stored("").keys());
    }

    void awaitNothingOpen() throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (bench.open() > 0 && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        Expect.equal("files that are open", 0, bench.open());
    }

    /** Waits until a file is on its way. */
    void awaitOpen() throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (bench.open() == 0 && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        Expect.that("a file is open", bench.open() > 0);
    }

    /** A connection that says what a rule wants. */
    Connection connect(String path, String... headers) throws IOException {
        Connection connection = new Connection(bench.address());
        connection.say(
                "POST "
                        + path
                        + " HTTP/1.1\r\nhost: localhost\r\n"
                        + String.join("\r\n", headers)
                        + "\r\n\r\n");
        return connection;
    }

    /** A socket. */
    static final class Connection implements Closeable {
        private final Socket socket;

        Connection(URI address) throws IOException {
            socket = new Socket(address.getHost(), address.getPort());
            socket.setSoTimeout(Math.toIntExact(LIMIT.toMillis()));
        }

        void say(String text) throws IOException {
            say(text.getBytes(ISO_8859_1));
        }

        void say(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** The first line of the answer, when all of its head is there. */
        String status() throws IOException {
            StringBuilder head = new StringBuilder();
            InputStream in = socket.getInputStream();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    throw new AssertionError("no answer, but: " + head);
                }
                head.append((char) next);
            }
            return head.substring(0, head.indexOf("\r\n"));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
