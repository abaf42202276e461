package dev.flowir.examples.imagepipeline;

import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobMetadata;
import dev.flowir.blob.BlobWriter;
import dev.flowir.blob.Blobs;
import dev.flowir.blob.PutOptions;
import dev.flowir.ir.Codec;
import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.Type;
import dev.flowir.ir.WriteToken;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.queue.Body;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.Queues;
import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgeBindings;
import dev.flowir.wasm.EdgeConsumer;
import dev.flowir.wasm.EdgePage;
import dev.flowir.wasm.EdgeRoutes;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The same for this machine, where a bucket tells nobody what changed: pictures are put and events
 * are sent by hand. Not to be deployed: anybody could.
 */
public final class EdgeImagePipelineByHand implements EdgeApplication {

    private static final WriteToken<BlobWriter> BLOBS = Blobs.writer(ClassificationFlow.PICTURES);
    private static final WriteToken<QueueSender> SEND = Queues.publisher(EdgeImagePipeline.QUEUE);
    private static final Codec<JsonValue> JSON = JsonCodecs.strict().of(Type.of(JsonValue.class));

    /** Characters of a picture in base 64, 4 MiB of it. */
    private static final int MOST_BYTES = 6 << 20;

    /**
     * A picture.
     *
     * @param key where it goes
     * @param metadata of the object
     * @param base64 its bytes
     */
    record Put(String key, Map<String, String> metadata, String base64) {}

    /**
     * What the bucket has now.
     *
     * @param key where
     * @param eTag of which bytes
     * @param version of the object
     * @param size bytes
     */
    record Stored(String key, String eTag, String version, long size) {}

    /**
     * An object that is to go.
     *
     * @param key where
     */
    record Delete(String key) {}

    /** For packaging. */
    public EdgeImagePipelineByHand() {}

    @Override
    public EdgeRoutes routes() {
        return routes(EdgeFlows.deployed(), EdgeImagePipeline.CONSUMER);
    }

    @Override
    public List<EdgePage> pages() {
        return EdgeImagePipeline.PAGES;
    }

    /** The same with other flows, or another way to take messages. */
    static EdgeRoutes routes(EdgeFlows flows, EdgeConsumer consumer) {
        return EdgeImagePipeline.routes(flows, consumer)
                .bind(
                        EdgeBindings.queue(
                                EdgeImagePipeline.QUEUE, "UPLOADS", EdgeImagePipeline.QUEUE))
                .route("POST", "/objects", put(), it -> it.maxBody(MOST_BYTES))
                .post("/deletions", delete())
                .post("/notifications", send())
                .journals("/journals", flows.work());
    }

    private static Flow<Put, Stored> put() {
        return flow(
                "put-by-hand",
                Put.class,
                Node.effect(
                        "put",
                        Put.class,
                        Stored.class,
                        BLOBS,
                        (blobs, it, context) -> stored(blobs, it)));
    }

    private static Stored stored(BlobWriter blobs, Put put) {
        BlobInfo info =
                blobs.put(
                                put.key(),
                                BlobBody.of(Base64.getDecoder().decode(put.base64())),
                                PutOptions.with(
                                        new BlobMetadata(
                                                BlobMetadata.none().http(), put.metadata())))
                        .orThrow();
        return new Stored(info.key(), info.etag(), info.version(), info.size());
    }

    private static Flow<Delete, Delete> delete() {
        return flow(
                "delete-by-hand",
                Delete.class,
                Node.effect(
                        "delete",
                        Delete.class,
                        Delete.class,
                        BLOBS,
                        (blobs, it, context) -> {
                            blobs.delete(it.key());
                            return it;
                        }));
    }

    /** Sends what the bucket would send. */
    private static Flow<JsonValue, JsonValue> send() {
        return flow(
                "send-by-hand",
                JsonValue.class,
                Node.effect(
                        "send",
                        JsonValue.class,
                        JsonValue.class,
                        SEND,
                        EdgeImagePipelineByHand::send));
    }

    private static JsonValue send(QueueSender queue, JsonValue event, NodeContext context)
            throws Exception {
        queue.send(Body.of(event, JSON));
        return event;
    }

    private static <I, O> Flow<I, O> flow(String name, Class<I> input, Node<I, O> only) {
        return Flow.define(
                name, ClassificationFlow.VERSION, input, (g, request) -> g.then(request, only));
    }
}
