package dev.flowir.examples.imagepipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.examples.imagepipeline.EdgeImagePipelineByHand.Delete;
import dev.flowir.examples.imagepipeline.EdgeImagePipelineByHand.Put;
import dev.flowir.examples.imagepipeline.EdgeImagePipelineByHand.Stored;
import dev.flowir.examples.imagepipeline.Messages.Classification;
import dev.flowir.examples.imagepipeline.Messages.Failures;
import dev.flowir.examples.imagepipeline.Messages.Metrics;
import dev.flowir.examples.imagepipeline.Messages.Page;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityModule;
import dev.flowir.kernel.journal.JournalRecord;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.RecordCodec;
import dev.flowir.wasm.build.LocalWorker;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A pipeline in workerd and its classifier, with what tests do to them by hand. */
final class EdgeBench implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The flow of the runs, as a JVM has it. */
    static final PinnedFlow FLOW = flow();

    final FakeModel model;
    private final Path project;
    private final List<String> said;
    private final LocalWorker worker;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private EdgeBench(Path project, List<String> said, FakeModel model, LocalWorker worker) {
        this.project = project;
        this.said = said;
        this.model = model;
        this.worker = worker;
    }

    static EdgeBench start(Path folder) throws Exception {
        EdgeWorkers.project(EdgeTrial.class, Map.of()).writeLocal(folder);
        FakeModel model = FakeModel.start();
        List<String> said = new CopyOnWriteArrayList<>();
        LocalWorker worker = EdgeWorkers.run(folder, model.url(), said::add);
        return new EdgeBench(folder, said, model, worker);
    }

    /** Folder of the worker. */
    Path project() {
        return project;
    }

    /** Connects a client to an organization. */
    Web.Socket live(String organization, String query) {
        String path = "/organizations/" + organization + "/live" + query;
        return Web.socket(client, worker.address(), path);
    }

    /** What the worker has logged. */
    String log() {
        return String.join("\n", said);
    }

    HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(worker.address().resolve(path))
                        .header("content-type", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body, UTF_8))
                        .build();
        return client.send(request, BodyHandlers.ofString(UTF_8));
    }

    private <I, O> O post(String path, Class<I> of, I body, Class<O> answer) throws Exception {
        String text = new String(JsonCodecs.strict().of(Type.of(of)).encode(body), UTF_8);
        return read(send("POST", path, text), answer);
    }

    <O> O get(String path, Class<O> answer) throws Exception {
        return read(send("GET", path, ""), answer);
    }

    private static <O> O read(HttpResponse<String> reply, Class<O> answer) throws Exception {
        assertEquals(200, reply.statusCode(), reply::body);
        return JsonCodecs.strict().of(Type.of(answer)).decode(reply.body().getBytes(UTF_8));
    }

    Stored put(String key, Map<String, String> metadata, byte[] bytes) throws Exception {
        Put put = new Put(key, metadata, Base64.getEncoder().encodeToString(bytes));
        return post("/objects", Put.class, put, Stored.class);
    }

    /** Puts a picture as the application's own uploads are put, and tells nobody. */
    Stored put(String organization, String name, byte[] bytes) throws Exception {
        return put(
                organization + "/" + name,
                Map.of("organizationId", organization, "name", name),
                bytes);
    }

    void delete(String key) throws Exception {
        post("/deletions", Delete.class, new Delete(key), Delete.class);
    }

    /** Sends what the bucket would send, by hand. */
    void tell(String body) throws Exception {
        assertEquals(200, send("POST", "/notifications", body).statusCode(), body);
    }

    void tell(Stored picture) throws Exception {
        tell(event("PutObject", picture.key(), picture.eTag()));
    }

    static String event(String action, String key, String eTag) {
        return """
        {"account":"local","action":"%s","bucket":"pictures",\
        "object":{"key":"%s","size":3,"eTag":"%s"},\
        "eventTime":"2026-01-01T00:00:00.000Z"}\
        """
                .formatted(action, key, eTag);
    }

    /** Puts a picture and tells of it. */
    Stored upload(String organization, String name, byte[] bytes) throws Exception {
        Stored picture = put(organization, name, bytes);
        tell(picture);
        return picture;
    }

    List<Classification> rows(String organization) throws Exception {
        return get("/organizations/" + organization + "/classifications", Page.class)
                .classifications();
    }

    /** Rows of an organization, once there are as many and each has a status. */
    List<Classification> rows(String organization, int count, String status) throws Exception {
        return awaited(
                () -> rows(organization),
                rows ->
                        rows.size() == count
                                && rows.stream().allMatch(row -> row.status().equals(status)));
    }

    OrganizationState state(String organization) throws Exception {
        return get("/organizations/" + organization, OrganizationState.class);
    }

    List<Event> events(String organization) throws Exception {
        return get("/organizations/" + organization + "/events", EdgeOrganization.Told.class)
                .events()
                .stream()
                .map(EdgeOrganization.Numbered::event)
                .toList();
    }

    /** Events of an organization, once there are as many. */
    List<Event> events(String organization, int count) throws Exception {
        return awaited(() -> events(organization), events -> events.size() == count);
    }

    Metrics metrics() throws Exception {
        return get("/metrics", Metrics.class);
    }

    Failures failures() throws Exception {
        return get("/failures", Failures.class);
    }

    String run(String id) throws Exception {
        return send("GET", "/runs/" + id, "").body();
    }

    /** Lines of the log that have all of these. */
    long lines(String... words) throws Exception {
        return log().lines()
                .filter(line -> List.of(words).stream().allMatch(line::contains))
                .count();
    }

    /** Sends events together. */
    void tellTogether(List<String> events) throws Exception {
        String body = "{\"messages\":[" + String.join(",", events) + "]}";
        assertEquals(200, send("POST", "/batches", body).statusCode(), body);
    }

    /** Keys that the model was asked under about a picture. */
    List<String> asked(byte[] picture) {
        return model.requests().stream()
                .filter(request -> java.util.Arrays.equals(request.body(), picture))
                .map(FakeModel.Request::key)
                .toList();
    }

    /** The journal of a run, as a JVM reads it. */
    List<JournalRecord> journal(String run) throws Exception {
        RecordCodec codec = new RecordCodec(FLOW, run + "#1");
        return journalBytes(run).stream().map(codec::read).toList();
    }

    List<byte[]> journalBytes(String run) throws Exception {
        return send("GET", "/journals/" + run, "")
                .body()
                .lines()
                .map(line -> HexFormat.of().parseHex(line))
                .toList();
    }

    private static PinnedFlow flow() {
        return switch (PinnedFlow.of(
                EdgeFlows.deployed().work(),
                Capabilities.of(EdgeImagePipeline.bindings()),
                CapabilityModule.hints(HintTable.FULL, EdgeBench.class.getClassLoader()),
                JsonCodecs.strict(),
                Optional.empty())) {
            case PinnedFlow.Ready ready -> ready.flow();
            case PinnedFlow.Refused refused ->
                    throw new IllegalStateException(refused.failure().message());
        };
    }

    /** A question whose answer is waited for. */
    interface Question<T> {
        T ask() throws Exception;
    }

    static <T> T awaited(Question<T> question, java.util.function.Predicate<T> enough)
            throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            T seen = question.ask();
            if (enough.test(seen)) {
                return seen;
            }
            assertTrue(System.nanoTime() < giveUp, () -> "still " + seen);
            LockSupport.parkNanos(100_000_000);
        }
    }

    @Override
    public void close() throws IOException {
        worker.close();
        model.close();
    }
}
