package dev.flowir.examples.tiletar;

import dev.flowir.blob.BlobWriter;
import dev.flowir.blob.Blobs;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NonRetryableException;
import dev.flowir.ir.ReadToken;
import dev.flowir.ir.WriteToken;
import dev.flowir.object.DurableObjects;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectReader;
import dev.flowir.object.ObjectView;
import dev.flowir.object.ObjectWriter;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.Queues;
import java.util.Optional;

/** What clients ask of plans, a flow each. */
final class Plans {

    static final String COORDINATORS = "coordinators";
    static final String PREPARATIONS = "preparations";
    static final String PERMITS = "permits";

    private static final WriteToken<BlobWriter> DRAW = Blobs.writer(TileFlow.BUCKET);
    private static final WriteToken<ObjectWriter> CALL = DurableObjects.writer(COORDINATORS);
    private static final WriteToken<QueueSender> PREPARE = Queues.publisher(PREPARATIONS);
    private static final WriteToken<QueueSender> PERMIT = Queues.publisher(PERMITS);
    private static final ReadToken<ObjectReader> LOOK = DurableObjects.reader(COORDINATORS);

    private final ObjectClass<PlanCoordinator> coordinators;
    private final ObjectClass<ChunkCoordinator> chunked;

    /**
     * Which plan.
     *
     * @param plan its name
     */
    record PlanRef(String plan) {}

    /**
     * A plan that is to be drawn.
     *
     * @param plan its name: 1 to 64 letters, digits, {@code _} and {@code -}
     * @param seed of its pixels; 1 unless told
     */
    record DrawRequest(String plan, Optional<Long> seed) {}

    /**
     * A plan that was drawn.
     *
     * @param plan its name
     * @param tiles it has
     */
    record Drawn(String plan, int tiles) {}

    /**
     * A job that was begun.
     *
     * @param plan its plan
     * @param way {@code direct}, {@code chunks}, {@code prepared} or {@code scoped}
     * @param run names one that is divided
     * @param chunks it is divided into; 0 for one that is not
     */
    record Begun(String plan, String way, String run, int chunks) {}

    Plans(ObjectClass<PlanCoordinator> coordinators, ObjectClass<ChunkCoordinator> chunked) {
        this.coordinators = coordinators;
        this.chunked = chunked;
    }

    /** Draws the tiles of a plan with two pages. */
    Flow<DrawRequest, Drawn> draw() {
        return flow(
                "draw-plan",
                DrawRequest.class,
                Node.effect(
                        "draw",
                        DrawRequest.class,
                        Drawn.class,
                        DRAW,
                        (bucket, request, context) ->
                                new Drawn(
                                        request.plan(),
                                        Drawing.draw(
                                                bucket,
                                                named(request.plan()),
                                                DziPyramid.TWO_PAGES,
                                                request.seed().orElse(1L)))));
    }

    /** Begins to bring the archive of a plan to the container, unless that is under way. */
    Flow<PlanRef, JobState> begin() {
        return flow(
                "begin-detection",
                PlanRef.class,
                Node.effect(
                        "begin",
                        PlanRef.class,
                        JobState.class,
                        CALL,
                        (objects, request, context) ->
                                objects.of(coordinators)
                                        .named(named(request.plan()))
                                        .call(PlanCoordinator::begin)));
    }

    /**
     * Begins to make the archive of a plan in parts; one of few tiles is made in one go. A run that
     * is under way goes on.
     */
    Flow<PlanRef, Begun> beginInChunks() {
        return flow(
                "begin-in-chunks",
                PlanRef.class,
                Node.effect(
                        "begin",
                        PlanRef.class,
                        Begun.class,
                        TileFlow.TILES,
                        CALL,
                        (bucket, objects, request, context) ->
                                begin(
                                        Manifest.of(bucket, named(request.plan())),
                                        objects,
                                        context.runId())));
    }

    private Begun begin(Manifest manifest, ObjectWriter objects, String id) {
        String plan = manifest.plan();
        if (!Chunks.isDivided(manifest.tiles().size())) {
            objects.of(coordinators).named(plan).call(PlanCoordinator::begin);
            return new Begun(plan, "direct", "", 0);
        }
        ChunkRun run = objects.of(chunked).named(plan).call(it -> it.begin(manifest, id));
        return new Begun(plan, "chunks", run.id(), run.total());
    }

    /** Has the archive of a plan made ahead, and streamed when it is there. */
    Flow<PlanRef, Begun> prepare() {
        return leave("prepare", "prepared", PREPARE);
    }

    /** Has the container read the tiles of a plan itself, by links that are good for a while. */
    Flow<PlanRef, Begun> permit() {
        return leave("permit", "scoped", PERMIT);
    }

    private static Flow<PlanRef, Begun> leave(
            String name, String way, WriteToken<QueueSender> where) {
        return flow(
                name,
                PlanRef.class,
                Node.effect(
                        "send",
                        PlanRef.class,
                        Begun.class,
                        where,
                        (queue, request, context) -> {
                            queue.send(PlanQueue.message(named(request.plan())));
                            return new Begun(request.plan(), way, "", 0);
                        }));
    }

    /** How an archive that is made in parts stands. */
    Flow<PlanRef, ChunkRun> chunks() {
        return flow(
                "chunks-state",
                PlanRef.class,
                Node.reads(
                        "look",
                        PlanRef.class,
                        ChunkRun.class,
                        LOOK,
                        (objects, request, context) ->
                                objects.of(ObjectView.of(chunked, ChunkView.class))
                                        .named(named(request.plan()))
                                        .read(ChunkView::look)));
    }

    /** How the archive of a plan stands. */
    Flow<PlanRef, JobState> state() {
        return flow(
                "plan-state",
                PlanRef.class,
                Node.reads(
                        "look",
                        PlanRef.class,
                        JobState.class,
                        LOOK,
                        (objects, request, context) ->
                                objects.of(ObjectView.of(coordinators, PlanView.class))
                                        .named(named(request.plan()))
                                        .read(PlanView::state)));
    }

    private static String named(String plan) {
        if (!plan.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new NonRetryableException(
                    "a plan has a name of 1 to 64 letters, digits, '_' and '-'");
        }
        return plan;
    }

    private static <I, O> Flow<I, O> flow(String name, Class<I> input, Node<I, O> only) {
        return Flow.define(name, TileFlow.VERSION, input, (g, request) -> g.then(request, only));
    }
}
