package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.wasm.DurableWorker.Note;
import dev.flowir.wasm.DurableWorker.Order;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A worker in workerd that runs flows durably, what is asked of it, and its end by a signal. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EdgeRunScene {

    static final long PATIENCE_NANOS = 90_000_000_000L;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Target target;
    private final Path kept;
    private Path project;
    private LocalWorker workerd;

    @SuppressWarnings("NullAway.Init") // started before the first test
    EdgeRunScene(Target target) {
        this.target = target;
        kept = Path.of("target", "workers", "durable-kept-" + target);
    }

    @BeforeAll
    void start() throws Exception {
        if (Files.exists(kept)) {
            try (Stream<Path> files = Files.walk(kept)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        project = Workers.build(DurableWorker.class, target);
        workerd = Workers.run(project, Optional.of(kept));
    }

    @AfterAll
    void stop() throws IOException {
        workerd.close();
    }

    /** The end that nobody sees coming: of workerd, and of what started it. */
    final void kill() throws Exception {
        List<ProcessHandle> mine = ProcessHandle.current().descendants().toList();
        assertTrue(mine.size() >= 2, mine::toString);
        mine.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle one : mine) {
            one.onExit().get();
        }
        workerd.close();
    }

    final void again() throws Exception {
        workerd = Workers.run(project, Optional.of(kept));
    }

    /** Folder of what the worker stores. */
    final Path kept() {
        return kept;
    }

    final HttpResponse<String> send(String method, String path, String body, String... headers)
            throws Exception {
        URI address = workerd.address().resolve(path);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address)
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("content-type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    final String begin(String path, String run, Order order) throws Exception {
        String body = new String(JsonCodecs.strict().of(Type.of(Order.class)).encode(order), UTF_8);
        HttpResponse<String> begun = send("POST", path, body, "idempotency-key", run);
        assertEquals(202, begun.statusCode(), begun::body);
        assertEquals(path + "/" + run, begun.headers().firstValue("location").orElse(""));
        return begun.body();
    }

    final String await(String path, String state) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            HttpResponse<String> seen = send("GET", path, "");
            if (seen.body().contains("\"state\":\"" + state + "\"")) {
                return seen.body();
            }
            assertTrue(System.nanoTime() < giveUp, seen::body);
            LockSupport.parkNanos(100_000_000);
        }
    }

    final String note(String key) {
        return notes().made(new Note(key, "")).value();
    }

    final IsolateCalls<Note, Note> notes() {
        return new IsolateCalls<>(workerd.address().resolve("/notes"), Note.class, Note.class);
    }
}
