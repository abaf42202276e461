package dev.flowir.wasm;

import dev.flowir.ir.Flow;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.host.PathTemplate;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What {@link EdgeRoutes} say of durable runs: who begins them, and who looks at or steers them.
 */
public abstract sealed class EdgeRunRoutes permits EdgeRoutes {

    EdgeRunRoutes() {}

    /** Durable runs; null where there are none. */
    abstract @Nullable EdgeRuns runs();

    /** The same routes with other durable runs. */
    abstract EdgeRoutes running(EdgeRuns all);

    /** These routes and one more. */
    abstract EdgeRoutes routed(String method, PathTemplate template, EdgeRoute route);

    abstract EdgeRoutes bind(CapabilityProvider... providers);

    /**
     * Runs a flow durably. Each run is an object of the platform (class {@code FlowRuns}), whose
     * storage has its journal: it goes on after its isolate is gone. POST to {@code path} begins
     * one, whose id is the header {@code idempotency-key} or a new one, and answers 202 once it is
     * recorded; GET {@code path/{run}} tells its state, and its output when it has one; POST {@code
     * path/{run}/signals/{signal}} and {@code path/{run}/answers/{node}} are {@link #hears}; DELETE
     * {@code path/{run}} ends it.
     *
     * @param path path template, for example {@code /orders}
     * @param flow the flow; new runs begin with it
     * @param earlier versions of it that runs may still be pinned to
     * @return further routes
     * @throws IllegalArgumentException when an earlier route answers the same, or the flow has
     *     durable runs already
     */
    public EdgeRoutes durable(String path, Flow<?, ?> flow, Flow<?, ?>... earlier) {
        String one = path + "/{" + EdgeRunDesk.RUN + "}";
        return running(before().with(flow, List.of(earlier)))
                .desk("POST", path, flow, EdgeRunDesk.Purpose.START)
                .desk("GET", one, flow, EdgeRunDesk.Purpose.LOOK)
                .desk("DELETE", one, flow, EdgeRunDesk.Purpose.END)
                .hears(path, flow);
    }

    /**
     * Lets durable runs of a flow be spoken to, for flows whose runs no request begins: POST {@code
     * path/{run}/signals/{signal}} brings a signal, whose payload is the body, kept until a node
     * waits for it; POST {@code path/{run}/answers/{node}} answers a node that waits for a person,
     * with {@code {"answer":…,"by":…}}. Who answers is written down, not checked.
     *
     * @param path path template, for example {@code /runs}
     * @param flow a flow that has durable runs
     * @return further routes
     * @throws IllegalArgumentException when an earlier route answers the same
     */
    public EdgeRoutes hears(String path, Flow<?, ?> flow) {
        String one = path + "/{" + EdgeRunDesk.RUN + "}";
        return desk(
                        "POST",
                        one + "/signals/{" + EdgeRunDesk.SIGNAL + "}",
                        flow,
                        EdgeRunDesk.Purpose.SIGNAL)
                .desk(
                        "POST",
                        one + "/answers/{" + EdgeRunDesk.NODE + "}",
                        flow,
                        EdgeRunDesk.Purpose.ANSWER);
    }

    /**
     * Takes signals that are addressed to a key instead of a run: POST {@code path/{signal}/{key}},
     * whose payload is the body. It goes to the run that waits for that key, whichever it is, or is
     * kept for one that will, for 30 days. Two runs that wait for the same are refused, and so is a
     * second signal while one is kept.
     *
     * @param path path template, for example {@code /parcels}
     * @param flow a flow that has durable runs
     * @return further routes
     * @throws IllegalArgumentException when an earlier route answers the same, or no node of the
     *     flow waits for a signal with a key
     */
    public EdgeRoutes hearsKeys(String path, Flow<?, ?> flow) {
        if (!EdgeRunNeeds.waitsForKeys(flow)) {
            throw new IllegalArgumentException(
                    "no node of flow '" + flow.name() + "' waits for a signal with a key");
        }
        String one = path + "/{" + EdgeRunDesk.SIGNAL + "}/{" + EdgeKeyDesk.KEY + "}";
        PathTemplate template = PathTemplate.parse(one);
        EdgeDesk desk = new EdgeKeyDesk();
        EdgeRoute route = new EdgeRoute(flow, "POST", template, EdgeOptions.DEFAULT, desk);
        return routed("POST", template, route);
    }

    /**
     * Lets durable runs of a flow be steered, for those who operate it: POST {@code
     * path/{run}/pause} stops a run's clock, steps under way finish; {@code …/resume} lets it go
     * on; {@code …/end} ends it; {@code …/undo} ends it and undoes what it did; {@code …/restart}
     * begins it anew with its input, over or not, as its next generation, and {@code
     * …/restart/{node}} keeps what was recorded before the node's first result.
     *
     * @param path path template, for example {@code /operate/orders}
     * @param flow a flow that has durable runs
     * @return further routes
     * @throws IllegalArgumentException when an earlier route answers the same
     */
    public EdgeRoutes steers(String path, Flow<?, ?> flow) {
        String one = path + "/{" + EdgeRunDesk.RUN + "}/";
        return desk("POST", one + "pause", flow, EdgeRunDesk.Purpose.PAUSE)
                .desk("POST", one + "resume", flow, EdgeRunDesk.Purpose.RESUME)
                .desk("POST", one + "end", flow, EdgeRunDesk.Purpose.END)
                .desk("POST", one + "undo", flow, EdgeRunDesk.Purpose.UNDO)
                .desk("POST", one + "restart", flow, EdgeRunDesk.Purpose.RESTART)
                .desk(
                        "POST",
                        one + "restart/{" + EdgeRunDesk.NODE + "}",
                        flow,
                        EdgeRunDesk.Purpose.RESTART);
    }

    /**
     * Forgets runs of a flow that have been over for some time: their records go, and their ids are
     * free. Unless said they are kept for ever.
     *
     * @param flow a flow that has durable runs already
     * @param after time after its end
     * @return further routes
     * @throws IllegalArgumentException when the flow has no durable runs, or the time is not
     *     positive
     */
    public EdgeRoutes keeps(Flow<?, ?> flow, Duration after) {
        return running(before().keeping(flow, after));
    }

    /**
     * Runs a flow durably for what nodes send to {@link dev.flowir.queue.Queues#publisher} of a
     * name: each becomes a run instead of a message, and is recorded when the sending returns. A
     * run that is there already is not begun again, which is no failure. No request begins one.
     *
     * @param binding name that tokens ask for
     * @param flow the flow; new runs begin with it
     * @param run id of the run of an input, 1 to 100 letters, digits, {@code _} and {@code -}
     * @param earlier versions of it that runs may still be pinned to
     * @param <I> its input
     * @return further routes
     * @throws IllegalArgumentException when the flow has durable runs already, or another queue has
     *     the name
     */
    public <I> EdgeRoutes begins(
            String binding, Flow<I, ?> flow, Function<I, String> run, Flow<?, ?>... earlier) {
        return running(before().with(flow, List.of(earlier)))
                .bind(EdgeRunInlet.provider(binding, flow, run));
    }

    /**
     * Has a durable run of another flow follow each run of {@code flow} that failed for good, or
     * was ended. Its id is that of the run with {@code -failed}; it is recorded with the end of the
     * run and begun whatever becomes of the isolate.
     *
     * @param flow a flow that has durable runs
     * @param then what follows
     * @param input makes the input of what follows
     * @param <I> input of the flow
     * @param <F> input of what follows
     * @return further routes
     * @throws IllegalArgumentException when {@code flow} has no durable runs, or something follows
     *     them, or {@code then} has some already
     */
    public <I, F> EdgeRoutes afterFailure(
            Flow<I, ?> flow, Flow<F, ?> then, EdgeAfterFailure<I, F> input) {
        return running(before().following(flow, then, input));
    }

    /**
     * Tells how durable runs of a flow stand by GET {@code path/{run}}, for flows whose runs no
     * request begins or ends.
     *
     * @param path path template, for example {@code /runs}
     * @param flow a flow that has durable runs
     * @return further routes
     * @throws IllegalArgumentException when an earlier route answers the same
     */
    public EdgeRoutes states(String path, Flow<?, ?> flow) {
        return desk("GET", path + "/{" + EdgeRunDesk.RUN + "}", flow, EdgeRunDesk.Purpose.LOOK);
    }

    /**
     * Tells the journals of durable runs of a flow by GET {@code path/{run}}: a record a line, in
     * hex, as {@code RecordCodec} reads them. All that the steps gave is in them.
     *
     * @param path path template, for example {@code /journals}
     * @param flow a flow that has durable runs
     * @return further routes
     * @throws IllegalArgumentException when an earlier route answers the same
     */
    public EdgeRoutes journals(String path, Flow<?, ?> flow) {
        return desk("GET", path + "/{" + EdgeRunDesk.RUN + "}", flow, EdgeRunDesk.Purpose.JOURNAL);
    }

    /**
     * Lists durable runs of flows by GET {@code path}, the newest first: {@code
     * {"runs":[{"run":…,"flow":…,"state":…,"created":…,"updated":…}],"cursor":…}}. Parameters are
     * {@code state} and {@code flow}, each once or several times, {@code limit} of 1 to 100, and
     * {@code cursor}, which an answer has while there are more. A run that is under way is {@code
     * RUNNING} or {@code PAUSED}, whether it works or waits. Runs tell the list when they begin,
     * pause, go on, end and are forgotten, and try again until it knows: it is late by what that
     * takes, and no run waits for it. Their own state is the truth.
     *
     * @param path path template, for example {@code /runs}
     * @param listed 1 to 20 flows that have durable runs already, or do steps of such
     * @return further routes
     * @throws IllegalArgumentException when an earlier route answers the same, no flow is named or
     *     more than 20 are, or one has no durable runs
     */
    public EdgeRoutes lists(String path, Flow<?, ?>... listed) {
        PathTemplate template = PathTemplate.parse(path);
        EdgeDesk desk = new EdgeListDesk(before().names(listed));
        return routed("GET", template, new EdgeRoute("GET", template, desk));
    }

    private EdgeRuns before() {
        EdgeRuns all = runs();
        return all == null ? EdgeRuns.none() : all;
    }

    EdgeRoutes desk(String method, String path, Flow<?, ?> flow, EdgeRunDesk.Purpose purpose) {
        PathTemplate template = PathTemplate.parse(path);
        EdgeOptions options = EdgeOptions.DEFAULT;
        EdgeDesk desk = new EdgeRunDesk(purpose);
        return routed(method, template, new EdgeRoute(flow, method, template, options, desk));
    }
}
