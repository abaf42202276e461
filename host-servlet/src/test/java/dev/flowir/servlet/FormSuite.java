package dev.flowir.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobFiles;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobQuery;
import dev.flowir.blob.BlobStore;
import dev.flowir.blob.BlobWriter;
import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.UploadedFile;
import dev.flowir.kernel.form.FormLimits;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/** What the suites of forms share: two routes, a bucket, and bodies. */
abstract class FormSuite extends ServerSuite {

    /** Input of the flow {@link #ADD}. */
    record Album(
            String title,
            Optional<Integer> year,
            List<String> tags,
            Optional<UploadedFile> cover,
            List<UploadedFile> pages) {}

    /** Input of the flow {@link #ONE}. */
    record One(String owner, UploadedFile file) {}

    static final Flow<Album, Album> ADD = flow("add", Album.class, Album.class);
    static final Flow<One, One> ONE = flow("one", One.class, One.class);

    static final String END = "--b--\r\n";

    final BlobStore bucket = BlobStore.memory("b");
    final BlobWriter writer = bucket.writer(Scope.outside("test"));
    final BlobFiles files = BlobFiles.under(writer, "up/");

    FlowServlet serveForms(FormLimits limits) throws Exception {
        runtime.on(ADD, in -> new Result.Value<>(in.input()));
        runtime.on(ONE, in -> new Result.Value<>(in.input()));
        return serve(routes ->
                routes.post("/albums", ADD, route -> route.form(files, limits))
                        .put("/of/{owner}", ONE, route -> route.form(files, limits)));
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

    HttpResponse<String> form(String path, byte[] body) throws IOException, InterruptedException {
        return send(
                to(path).header("Content-Type", "multipart/form-data; boundary=b")
                        .POST(BodyPublishers.ofByteArray(body)));
    }

    HttpResponse<String> form(String body) throws IOException, InterruptedException {
        return form("/albums", body.getBytes(UTF_8));
    }

    List<String> keys() {
        return writer.list(BlobQuery.all()).objects().stream().map(BlobInfo::key).toList();
    }

    Album album() throws InterruptedException {
        return (Album) taken(runtime.seen).input();
    }

    byte[] stored(UploadedFile file) {
        try (Blob blob = writer.get(file.key()).orElseThrow()) {
            assertEquals(file.contentType(), blob.info().metadata().http().contentType().get());
            return blob.bytes();
        }
    }

    void assertNothingIsLeft(FlowServlet servlet) {
        await("the slot is given back", () -> servlet.inFlight() == 0);
        assertEquals(List.of(), keys());
        assertTrue(runtime.seen.isEmpty());
    }

    static JsonValue details(HttpResponse<String> response, String name) {
        JsonValue.Obj envelope = (JsonValue.Obj) envelope(response);
        JsonValue.Obj details = (JsonValue.Obj) envelope.members().get("details");
        JsonValue value = details == null ? null : details.members().get(name);
        return value == null ? JsonValue.text("") : value;
    }

    void assertRefused(
            FlowServlet servlet, int status, String code, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        JsonValue.Obj envelope = (JsonValue.Obj) envelope(response);
        assertEquals(JsonValue.text(code), envelope.members().get("code"), response.body());
        assertNothingIsLeft(servlet);
    }
}
