package dev.flowir.examples.imagepipeline;

import dev.flowir.examples.imagepipeline.Messages.Job;
import dev.flowir.ir.Codec;
import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.object.ObjectWriter;
import dev.flowir.queue.Body;
import dev.flowir.queue.Outgoing;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.Queues;
import dev.flowir.queue.SendOptions;
import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgePage;
import dev.flowir.wasm.EdgeRoutes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The pipeline with shorter waits, since the platform's simulator has no other clock, a fault where
 * a test wants one, a line of log for each upload that is told, and a way to send a batch.
 */
public final class EdgeTrial implements EdgeApplication {

    /** Fails once where its organization says so. */
    static final String NOT_CREATED = "not-created";

    static final String NOT_ANNOUNCED = "not-announced";

    /** For packaging. */
    public EdgeTrial() {}

    @Override
    public EdgeRoutes routes() {
        return EdgeImagePipelineByHand.routes(
                        new Faulty(),
                        EdgeImagePipeline.CONSUMER
                                .batches(10, Duration.ZERO)
                                .retries(3, Duration.ofSeconds(1))
                                .growingTo(Duration.ofHours(1)))
                .post("/batches", BATCH);
    }

    @Override
    public List<EdgePage> pages() {
        return EdgeImagePipeline.PAGES;
    }

    /** Messages that go together. */
    record Together(List<JsonValue> messages) {}

    private static final Flow<Together, Together> BATCH =
            Flow.define(
                    "batch-by-hand",
                    ClassificationFlow.VERSION,
                    Together.class,
                    (g, request) ->
                            g.then(
                                    request,
                                    Node.effect(
                                            "send-all",
                                            Together.class,
                                            Together.class,
                                            Queues.publisher(EdgeImagePipeline.QUEUE),
                                            EdgeTrial::sendAll)));

    private static Together sendAll(QueueSender queue, Together all, NodeContext context)
            throws Exception {
        List<Outgoing> messages = new ArrayList<>();
        for (JsonValue one : all.messages()) {
            messages.add(Outgoing.of(Body.of(one, JSON)));
        }
        queue.sendBatch(messages, SendOptions.none());
        return all;
    }

    private static final Codec<JsonValue> JSON = JsonCodecs.strict().of(Type.of(JsonValue.class));

    /** Flows of which one fails once before a run is there, another one once after it. */
    private static final class Faulty extends EdgeFlows {

        private static final List<String> FAILED = new ArrayList<>();

        Faulty() {
            super(Faulty::tellOrFail, System::currentTimeMillis);
        }

        private static void failOnce(String organization, String where) {
            if (organization.equals(where) && !FAILED.contains(where)) {
                FAILED.add(where);
                throw new IllegalStateException("a fault of the test: " + where);
            }
        }

        @Override
        String run(Job job) {
            failOnce(job.organizationId(), NOT_CREATED);
            return super.run(job);
        }

        private static void tellOrFail(ObjectWriter objects, String organization, Event event) {
            if (event.type().equals(Event.UPLOAD_COMPLETE)) {
                failOnce(organization, NOT_ANNOUNCED);
                System.out.println("told of " + event.key());
            }
            EdgeFlows.tell(objects, organization, event);
        }
    }
}
