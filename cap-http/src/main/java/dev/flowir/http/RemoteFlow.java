package dev.flowir.http;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Codecs;
import dev.flowir.ir.Effects;
import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.Type;
import dev.flowir.ir.WriteToken;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Result;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A flow that a host elsewhere serves, for example one in a worker, called with its types: its
 * input goes as JSON by POST, what is left of the run's deadline in {@code x-deadline-ms}, the id
 * of the run in {@code x-request-id}. Its failure comes back as the failure that it was.
 *
 * <pre>{@code
 * RemoteFlow<Order, Receipt> price = RemoteFlow.post("/price", PRICE, JsonCodecs.strict());
 * g.then(order, price.node("price", Http.writer("workers")));
 * }</pre>
 *
 * @param <I> input of the flow
 * @param <O> output of the flow
 */
public final class RemoteFlow<I, O> {

    private final String path;
    private final Flow<I, O> flow;
    private final Codecs codecs;
    private final Map<Integer, Class<? extends O>> statuses;
    private final boolean changes;

    private RemoteFlow(
            String path,
            Flow<I, O> flow,
            Codecs codecs,
            Map<Integer, Class<? extends O>> statuses) {
        this.path = path;
        this.flow = flow;
        this.codecs = codecs;
        this.statuses = new TreeMap<>(statuses);
        this.changes =
                flow.definition().nodes().stream()
                        .anyMatch(node -> node.effects() == Effects.EFFECTFUL);
    }

    /**
     * A flow behind a path that takes POST.
     *
     * @param path appended to the endpoint's base, begins with a slash
     * @param flow its types, and whether it changes anything; it is not run here
     * @param codecs JSON of its input and output
     * @param <I> input of the flow
     * @param <O> output of the flow
     * @return the flow as it can be called
     * @throws IllegalArgumentException when the flow gives a stream: {@link HttpWriter#events}
     *     reads one
     */
    public static <I, O> RemoteFlow<I, O> post(String path, Flow<I, O> flow, Codecs codecs) {
        if (flow.output().isStream()) {
            throw new IllegalArgumentException(
                    "flow '"
                            + flow.name()
                            + "' gives a stream; call it with events(HttpWrite.post(\""
                            + path
                            + "\"))");
        }
        return new RemoteFlow<>(path, flow, codecs, Map.of());
    }

    /**
     * The same where the route there answers outputs of one class with a status of their own.
     *
     * @param output the class
     * @param status the status
     * @return the flow as it can be called
     */
    public RemoteFlow<I, O> status(Class<? extends O> output, int status) {
        Map<Integer, Class<? extends O>> all = new TreeMap<>(statuses);
        all.put(status, output);
        return new RemoteFlow<>(path, flow, codecs, all);
    }

    /**
     * A node that calls it. It is repeated as its retries say where nothing was begun there, and
     * where the flow changes nothing also when the connection was lost or a node failed.
     *
     * @param name alias in a flow, unless renamed
     * @param host whose endpoint is called
     * @return the node; its body fails with {@link RemoteFlowException} when the flow did, and with
     *     {@link HttpException} when no host of flows answered
     */
    public Node<I, O> node(String name, WriteToken<HttpWriter> host) {
        return Node.effect(
                name, flow.input(), flow.output(), host, (http, in, ctx) -> call(http, in, ctx));
    }

    private O call(HttpWriter http, I input, NodeContext context) throws CodecException {
        return switch (run(http, input, Optional.of(context))) {
            case Result.Value<O> value -> value.value();
            case Result.Failed<O> failed ->
                    throw new RemoteFlowException(
                            flow.name(), failed.failure(), isRepeatable(failed.failure()));
        };
    }

    /**
     * Calls it outside of runs.
     *
     * @param http the endpoint's handle
     * @param input payload
     * @return its output, or why there is none
     * @throws CodecException when the input has no JSON, or the output is not the flow's
     * @throws HttpException when no host of flows answered
     */
    public Result<O> run(HttpWriter http, I input) throws CodecException {
        return run(http, input, Optional.empty());
    }

    private Result<O> run(HttpWriter http, I input, Optional<NodeContext> context)
            throws CodecException {
        HttpWrite call = HttpWrite.post(path).body(HttpBody.json(codecs.of(flow.input()), input));
        if (context.isPresent()) {
            NodeContext run = context.get();
            call = call.header("x-request-id", run.runId());
            if (run.remainingNanos().isPresent()) {
                long millis = Math.max(1, run.remainingNanos().getAsLong() / 1_000_000);
                call = call.header("x-deadline-ms", Long.toString(millis));
            }
        }
        HttpReply reply = http.send(changes ? call : call.changingNothing());
        Class<? extends O> mapped = statuses.get(reply.status());
        if (mapped != null) {
            return new Result.Value<>(reply.as(codecs.of(Type.of(mapped))));
        }
        if (reply.status() >= 200 && reply.status() < 300) {
            return new Result.Value<>(reply.as(codecs.of(flow.output())));
        }
        Codec<JsonValue> json = codecs.of(Type.of(JsonValue.class));
        return RemoteFailures.read(reply, json)
                .<Result<O>>map(Result.Failed::new)
                .orElseThrow(() -> notOfFlows(reply));
    }

    /** Of a proxy, or of a path that no flow is behind. */
    private static HttpException notOfFlows(HttpReply reply) {
        try {
            reply.orThrow();
        } catch (HttpException refused) {
            return refused;
        }
        throw new IllegalStateException("a reply of 2xx is no error");
    }

    private boolean isRepeatable(Failure failure) {
        return failure instanceof Failure.Refused
                || (!changes
                        && (failure instanceof Failure.NodeFailed
                                || failure.code().equals("TIME015")));
    }
}
