package dev.flowir.wasm;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeOption;
import dev.flowir.ir.Priority;
import dev.flowir.ir.Type;
import dev.flowir.testing.HostNotes;
import dev.flowir.testing.SurfaceCase;
import dev.flowir.testing.SurfaceCase.Batch;
import dev.flowir.testing.SurfaceCase.Told;
import dev.flowir.testing.SurfaceCases;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The flows over control surfaces, each under its number. */
public final class SurfaceWorker implements EdgeApplication {

    /** For packaging. */
    public SurfaceWorker() {}

    /** Bodies of one node that are under way. */
    private static final class Crowd {
        private int running;
        private int most;

        int stay() throws InterruptedException {
            running++;
            most = Math.max(most, running);
            TimeUnit.MILLISECONDS.sleep(200);
            running--;
            return most;
        }
    }

    /** Items that wait for one permit, each of its own level; tells in which order they began. */
    private static Flow<Batch, Told> urgent() {
        List<Integer> begun = new ArrayList<>();
        Node<Batch, List<Integer>> numbers =
                Node.split("numbers", Batch.class, Integer.class, Batch::numbers);
        Node<Integer, Integer> stay =
                Node.effect(
                                "stay",
                                Integer.class,
                                Integer.class,
                                HostNotes.TOKEN,
                                (notes, it, ctx) -> {
                                    begun.add(it);
                                    TimeUnit.MILLISECONDS.sleep(20);
                                    return it;
                                })
                        .with(NodeOption.concurrency(1))
                        .by(Priority.of("itself", it -> it));
        Node<List<Integer>, Told> tell =
                Node.pure(
                        "tell",
                        Type.listOf(Integer.class),
                        Type.of(Told.class),
                        it -> {
                            Told told = new Told(begun.toString());
                            begun.clear();
                            return told;
                        });
        return Flow.define(
                "urgent",
                "1.0.0",
                Batch.class,
                (g, in) -> g.then(g.each(g.then(in, numbers), 8, stay), tell));
    }

    /** Eight items at a time through a node; tells how many bodies ran at a time, and in all. */
    private static Flow<Batch, Told> crowd(String name, NodeOption... options) {
        Crowd crowd = new Crowd();
        Node<Batch, List<Integer>> numbers =
                Node.split("numbers", Batch.class, Integer.class, Batch::numbers);
        Node<Integer, Integer> stay =
                Node.effect(
                                "stay",
                                Integer.class,
                                Integer.class,
                                HostNotes.TOKEN,
                                (notes, it, ctx) -> crowd.stay())
                        .with(options);
        Node<List<Integer>, Told> tell =
                Node.pure(
                        "tell",
                        Type.listOf(Integer.class),
                        Type.of(Told.class),
                        it -> new Told(Collections.max(it) + " at a time, " + it.size()));
        return Flow.define(
                name,
                "1.0.0",
                Batch.class,
                (g, in) -> g.then(g.each(g.then(in, numbers), 8, stay), tell));
    }

    @Override
    public EdgeRoutes routes() {
        EdgeRoutes routes =
                EdgeRoutes.none()
                        .bind(HostNotes.inMemory())
                        .post("/crowd", crowd("crowd"))
                        .post("/line", crowd("line", NodeOption.concurrency(3)))
                        .post("/urgent", urgent());
        for (SurfaceCase one : SurfaceCases.all()) {
            routes = routes.post("/" + one.id(), one.flow());
        }
        return routes;
    }
}
