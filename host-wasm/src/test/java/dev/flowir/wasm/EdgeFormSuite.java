package dev.flowir.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.flowir.testing.FormBench;
import dev.flowir.testing.FormContractTest;
import dev.flowir.testing.TestClock;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The rules of forms in workerd, whatever the worker was compiled to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EdgeFormSuite extends FormContractTest {

    private final Target target;
    private Path kept;
    private LocalWorker workerd;

    @SuppressWarnings("NullAway.Init") // started before the first test
    EdgeFormSuite(Target target) {
        this.target = target;
    }

    @BeforeAll
    void start() throws Exception {
        Path folder = Workers.build(FormWorker.class, target);
        kept = Files.createTempDirectory(folder, "kept");
        workerd = Workers.run(folder, Optional.of(kept));
    }

    @AfterAll
    void stop() throws IOException {
        workerd.close();
    }

    @Override
    protected FormBench open(TestClock clock) {
        return new FormBench() {
            @Override
            public URI address() {
                return workerd.address();
            }

            @Override
            public int open() throws IOException, SQLException {
                return uploads();
            }
        };
    }

    private HttpResponse<String> post(String path, String type, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(workerd.address().resolve(path))
                        .header("content-type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private HttpResponse<String> honest(String... headers) throws Exception {
        String form =
                """
                --b\r
                Content-Disposition: form-data; name="title"\r
                \r
                one\r
                --b\r
                Content-Disposition: form-data; name="pages"; filename="p.txt"\r
                \r
                page\r
                --b--\r
                """;
        return post("/honest", "multipart/form-data; boundary=b", form, headers);
    }

    private String stored() throws Exception {
        return post("/stored", "application/json", "{\"key\":\"\"}").body();
    }

    @Test
    void whoAGuardRefusesLeavesNothingOfAForm() throws Exception {
        String before = stored();
        HttpResponse<String> refused = honest("x-mask", "1");
        assertEquals(403, refused.statusCode(), refused::body);
        assertEquals(before, stored());
        assertEquals(0, uploads());
        HttpResponse<String> taken = honest();
        assertEquals(200, taken.statusCode(), taken::body);
        assertNotEquals(before, stored());
    }

    /** Uploads that are begun and not over: bindings do not tell them, miniflare's tables do. */
    private int uploads() throws IOException, SQLException {
        Path buckets = kept.resolve("r2/miniflare-R2BucketObject");
        int open = 0;
        for (Path database : databases(buckets)) {
            try (Connection connection =
                            DriverManager.getConnection("jdbc:sqlite:file:" + database);
                    Statement statement = connection.createStatement();
                    ResultSet counted =
                            statement.executeQuery(
                                    "SELECT count(*) FROM _mf_multipart_uploads WHERE state = 0")) {
                open += counted.next() ? counted.getInt(1) : 0;
            }
        }
        return open;
    }

    private static List<Path> databases(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(it -> it.toString().endsWith(".sqlite"))
                    .filter(it -> !it.getFileName().toString().startsWith("metadata"))
                    .toList();
        }
    }
}
