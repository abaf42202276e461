package dev.flowir.benchmarks.edge;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgeRoutes;

/** Computes without waiting for anything, by each of {@link Sums}. */
public final class SumsWorker implements EdgeApplication {

    /**
     * How much is to be done.
     *
     * @param rounds how often
     */
    public record Task(int rounds) {}

    /**
     * What came of it.
     *
     * @param value in text, so that no digit is lost on the way
     */
    public record Sum(String value) {}

    /** For the isolate. */
    public SumsWorker() {}

    @Override
    public EdgeRoutes routes() {
        EdgeRoutes routes = EdgeRoutes.none();
        for (Sums sums : Sums.values()) {
            Node<Task, Sum> node =
                    Node.pure(
                            sums.path(),
                            Task.class,
                            Sum.class,
                            task -> new Sum(Long.toString(sums.compute(task.rounds()))));
            routes =
                    routes.post(
                            "/" + sums.path(),
                            Flow.define(
                                    sums.path(), "1.0.0", Task.class, (g, in) -> g.then(in, node)));
        }
        return routes;
    }
}
