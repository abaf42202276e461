package dev.flowir.wasm;

import dev.flowir.blob.Blobs;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.cap.UploadedFile;
import dev.flowir.kv.Kv;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.KvWriter;
import dev.flowir.queue.Body;
import dev.flowir.queue.Queues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Bodies that wait where Java's library calls them back, in a worker that has much else: flows in
 * static fields, queues, a bucket, forms, durable runs.
 */
public final class LambdaWorker implements EdgeApplication {

    /** Values to be kept under their keys. */
    public record Shelf(List<String> keys, Optional<String> note) {}

    /** What was found. */
    public record Found(List<String> each, Map<String, String> asked, String other) {}

    /** A form. */
    public record Page(String title, UploadedFile file) {}

    private static final Flow<Shelf, Found> KEEP =
            Flow.define(
                    "keep",
                    "1.0.0",
                    Shelf.class,
                    (g, in) ->
                            g.then(
                                    in,
                                    Node.effect(
                                            "keep",
                                            Shelf.class,
                                            Found.class,
                                            Kv.writer("shelf"),
                                            (kv, shelf, ctx) -> kept(kv, shelf))));

    private static final Flow<Shelf, List<String>> TELL =
            Flow.define(
                    "tell",
                    "1.0.0",
                    Shelf.class,
                    (g, in) ->
                            g.each(
                                    g.then(
                                            in,
                                            Node.split(
                                                    "keys",
                                                    Shelf.class,
                                                    String.class,
                                                    Shelf::keys)),
                                    2,
                                    Node.effect(
                                            "tell",
                                            String.class,
                                            String.class,
                                            Queues.publisher("told"),
                                            (queue, key, ctx) -> {
                                                queue.send(Body.text(key));
                                                return key;
                                            })));

    private static final Flow<Shelf, String> LATER =
            Flow.define(
                    "later",
                    "1.0.0",
                    Shelf.class,
                    (g, in) ->
                            g.then(
                                    g.then(
                                            in,
                                            Waits.sleep("nap", Shelf.class, Duration.ofMillis(10))),
                                    Node.reads(
                                            "look",
                                            Shelf.class,
                                            String.class,
                                            Blobs.reader("FILES"),
                                            (files, shelf, ctx) ->
                                                    files.head(shelf.keys().getFirst())
                                                            .map(it -> "there")
                                                            .orElse("not there"))));

    private static final Flow<Page, String> FORM =
            Flow.define(
                    "form",
                    "1.0.0",
                    Page.class,
                    (g, in) ->
                            g.then(in, Node.pure("name", Page.class, String.class, Page::title)));

    /** For the service loader. */
    public LambdaWorker() {}

    private static Found kept(KvWriter kv, Shelf shelf) {
        shelf.keys().forEach(key -> kv.put(key, KvValue.of("value of " + key)));
        shelf.note().ifPresent(note -> kv.put("note", KvValue.of(note)));
        List<String> each =
                shelf.keys().stream()
                        .map(key -> kv.get(key).map(KvValue::text).orElse("nothing"))
                        .filter(value -> kv.get(value).isEmpty())
                        .toList();
        Map<String, String> asked = new TreeMap<>();
        for (String key : shelf.keys()) {
            asked.computeIfAbsent(key, it -> kv.get(it).map(KvValue::text).orElse("nothing"));
        }
        String other =
                Optional.<String>empty()
                        .or(() -> kv.get("note").map(KvValue::text))
                        .orElseGet(() -> kv.get("none").map(KvValue::text).orElse("no note"));
        List<String> left = new ArrayList<>(shelf.keys());
        left.removeIf(key -> kv.get(key).isPresent());
        return new Found(each, asked, other + left);
    }

    @Override
    public EdgeRoutes routes() {
        return EdgeRoutes.none()
                .bind(
                        EdgeBindings.kv("shelf"),
                        EdgeBindings.queue("told"),
                        EdgeBindings.blobs("FILES"))
                .post("/keep", KEEP)
                .post("/tell", TELL)
                .form("POST", "/form", FORM, it -> it, EdgeForm.into("FILES", "page/"))
                .durable("/later", LATER)
                .scheduled(
                        "0 5 * * 2",
                        KEEP,
                        moment -> new Shelf(List.of("" + moment), Optional.empty()));
    }
}
