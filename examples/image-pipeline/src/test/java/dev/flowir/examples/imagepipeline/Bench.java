package dev.flowir.examples.imagepipeline;

import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobMetadata;
import dev.flowir.blob.BlobWriter;
import dev.flowir.blob.PutOptions;
import dev.flowir.examples.imagepipeline.Messages.Classification;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.queue.QueueSender;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import dev.flowir.testing.SharedServers;
import dev.flowir.testing.TestClock;
import dev.flowir.testing.TestTimeline;
import dev.flowir.testing.VirtualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole pipeline behind its door, in time that moves only when told: handlers and steps run on
 * the test's thread, one after the other.
 */
final class Bench implements AutoCloseable {

    /** Against hangs only. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    static final String ACME = "acme";

    final TestClock clock = new TestClock();
    final TestTimeline time = new TestTimeline(clock);
    final FakeModel model;
    final Pipeline pipeline;

    /** What a deployment on shared servers sets, for a database and a bucket of their own. */
    static Map<String, String> shared(SharedServers servers) throws IOException {
        Map<String, String> variables = new HashMap<>(servers.variables());
        variables.put("LEASE_MS", "3000");
        return variables;
    }

    private Bench(Path folder, Map<String, String> variables, FakeModel model) {
        this.model = model;
        Store store = Store.inMemory(StoreOptions.defaults().withClock(clock));
        this.pipeline =
                Pipeline.open(
                        settings(folder, variables),
                        store,
                        folder.resolve("pictures"),
                        model.url(),
                        new Time(
                                time,
                                time,
                                Optional.of(new VirtualTime(clock)),
                                Optional.of(time)));
    }

    static Settings settings(Path folder, Map<String, String> more) {
        Map<String, String> variables = new HashMap<>();
        variables.put("PORT", "0");
        variables.put("DATA_DIR", folder.toString());
        variables.put("CLASSIFIER_URL", "http://127.0.0.1:1");
        variables.putAll(more);
        return Settings.from(variables);
    }

    static Bench open(Path folder, String... variables) throws IOException {
        Map<String, String> more = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            more.put(variables[i], variables[i + 1]);
        }
        Bench bench = new Bench(folder, more, FakeModel.start());
        bench.pipeline.start();
        return bench;
    }

    /** A picture: the beginning of a PNG, then the text. */
    static byte[] png(String text) {
        byte[] magic = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
        byte[] rest = text.getBytes(StandardCharsets.UTF_8);
        byte[] all = java.util.Arrays.copyOf(magic, magic.length + Math.max(rest.length, 4));
        System.arraycopy(rest, 0, all, magic.length, rest.length);
        return all;
    }

    /** What is no picture. */
    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    BlobWriter bucket() {
        return pipeline.pictures().writer(Scope.outside("a test"));
    }

    BlobInfo upload(String name, byte[] bytes) {
        return put(ACME + "/" + name, bytes, Map.of("organizationId", ACME, "name", name));
    }

    BlobInfo put(String key, byte[] bytes, Map<String, String> metadata) {
        BlobMetadata with = BlobMetadata.type("image/png");
        for (Map.Entry<String, String> one : metadata.entrySet()) {
            with = with.with(one.getKey(), one.getValue());
        }
        return bucket().put(key, BlobBody.of(bytes), PutOptions.with(with)).orThrow();
    }

    QueueSender queue() {
        return pipeline.broker().sender(Pipeline.UPLOADS, Scope.outside("a test"));
    }

    /** Does what is to be done now. */
    Bench settle() throws InterruptedException {
        if (!pipeline.pictures().events().awaitDelivered(PATIENCE)) {
            throw new AssertionError("events of the bucket are not delivered");
        }
        time.settle();
        return this;
    }

    /** Lets time pass, from alarm to alarm, and what they wake happen. */
    Bench pass(Duration step) throws InterruptedException {
        settle();
        Instant goal = clock.instant().plus(step);
        Optional<Instant> next = clock.nextAlarm();
        while (next.isPresent() && !next.get().isAfter(goal)) {
            Duration left = Duration.between(clock.instant(), next.get());
            time.pass(left.isNegative() ? Duration.ZERO : left);
            next = clock.nextAlarm();
        }
        Duration left = Duration.between(clock.instant(), goal);
        time.pass(left.isNegative() ? Duration.ZERO : left);
        return settle();
    }

    /** Lets pass what a batch may wait for. */
    Bench batch() throws InterruptedException {
        return pass(Duration.ofSeconds(5));
    }

    List<Classification> rows(String organizationId) {
        return Classifications.page(pipeline.db(), organizationId, Long.MAX_VALUE, 1000).stream()
                .map(Map.Entry::getValue)
                .toList();
    }

    List<Classification> rows() {
        return rows(ACME);
    }

    Classification row() {
        List<Classification> rows = rows();
        if (rows.size() != 1) {
            throw new AssertionError("one row is expected: " + rows);
        }
        return rows.getFirst();
    }

    /** What a client hears that was told nothing yet. */
    List<Event> events() {
        return Hearing.all(pipeline.space(), pipeline.organizations(), ACME).events();
    }

    /** What was handed to the test's thread and not done would be waited for. */
    @Override
    public void close() {
        try {
            settle();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        pipeline.close();
        model.close();
    }
}
