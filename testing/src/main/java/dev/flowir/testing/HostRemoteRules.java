package dev.flowir.testing;

import static dev.flowir.testing.HostEndRules.awaitNotes;
import static dev.flowir.testing.HostEndRules.notes;

import dev.flowir.http.Egress;
import dev.flowir.http.Http;
import dev.flowir.http.HttpEndpoint;
import dev.flowir.http.HttpSettings;
import dev.flowir.http.HttpWriter;
import dev.flowir.http.RemoteFlow;
import dev.flowir.http.RemoteFlowException;
import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeOption;
import dev.flowir.ir.WriteToken;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.testing.HostFlows.Greeting;
import dev.flowir.testing.HostFlows.Reply;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;

/** Flows behind the host as nodes of flows here. */
final class HostRemoteRules {

    private static final WriteToken<HttpWriter> HOST = Http.writer("host");
    private static final JsonCodecs JSON = JsonCodecs.strict();
    private static final JsonValue ONE = JsonValue.number(1);

    private HostRemoteRules() {}

    static List<Rule<HostBench>> all() {
        return List.of(
                Rule.<HostBench>of(
                                "HOST-51",
                                "a flow behind the host is a node of a flow here, with its types",
                                "JSON of input and output, and classes that have a status",
                                HostRemoteRules::gives)
                        .where("address()", it -> it.address().isPresent()),
                Rule.<HostBench>of(
                                "HOST-52",
                                "what a flow behind the host failed with is what its node fails"
                                        + " with",
                                "how an error's envelope is read, and what is repeated",
                                HostRemoteRules::fails)
                        .where("address()", it -> it.address().isPresent()),
                Rule.<HostBench>of(
                                "HOST-53",
                                "the deadline of a run here ends the run behind the host",
                                "header x-deadline-ms",
                                HostRemoteRules::hurries)
                        .where("address()", it -> it.address().isPresent()));
    }

    private static <I, O> Flow<I, O> calling(Class<I> input, Node<I, O> node) {
        return Flow.define("calls", "1.0.0", input, (g, in) -> g.then(in, node));
    }

    private static void gives(HostBench host, TestClock clock) {
        RemoteFlow<Greeting, Reply> greet =
                RemoteFlow.post("/judged", HostFlows.GREET, JSON)
                        .status(HostFlows.Refusal.class, 422);
        Flow<Greeting, Reply> flow = calling(Greeting.class, greet.node("greet", HOST));
        try (Here here = new Here(host)) {
            Expect.equal(
                    "its output",
                    new HostFlows.Said(List.of("hello ann", "hello ann")),
                    here.runtime.run(flow, new Greeting("ann", 2)).orThrow());
            Expect.equal(
                    "an output with a status of its own",
                    new HostFlows.Refusal("too often"),
                    here.runtime.run(flow, new Greeting("ann", 9)).orThrow());
        }
    }

    private static void fails(HostBench host, TestClock clock) throws Exception {
        RemoteFlow<JsonValue, JsonValue> boom = RemoteFlow.post("/fails", HostFlows.FAILS, JSON);
        Flow<JsonValue, JsonValue> waits = HostFlows.one(HostFlows.WAITS);
        try (Here here = new Here(host)) {
            Failure failed = failure(boom.run(here.writer(), ONE));
            Expect.equal("a node failed: its code", "RUN101", failed.code());
            Expect.equal("its node", "boom", ((Failure.NodeFailed) failed).node());
            Expect.equal("its attempts", 1, ((Failure.NodeFailed) failed).attempts());
            Failure late =
                    failure(RemoteFlow.post("/hurried", waits, JSON).run(here.writer(), ONE));
            Expect.equal("a deadline: its code", "TIME001", late.code());
            Expect.equal(
                    "its time",
                    Duration.ofMillis(50),
                    ((Failure.DeadlineExceeded) late).deadline());
            Expect.equal(
                    "a node that took too long",
                    "TIME015",
                    failure(RemoteFlow.post("/slow", waits, JSON).run(here.writer(), ONE)).code());
            Expect.equal(
                    "a capability that there is not",
                    "CAP101",
                    failure(
                                    RemoteFlow.post("/unbound", HostFlows.ECHO, JSON)
                                            .run(here.writer(), ONE))
                            .code());
            Expect.equal(
                    "a path without a flow",
                    "HTTP404",
                    failure(
                                    RemoteFlow.post("/nowhere", HostFlows.ECHO, JSON)
                                            .run(here.writer(), ONE))
                            .code());
            Node<JsonValue, JsonValue> often =
                    boom.node("far", HOST).with(NodeOption.retry(2, Duration.ZERO));
            Failure far = failure(here.runtime.run(calling(JsonValue.class, often), ONE));
            Expect.equal("a node that calls it fails", "RUN101", far.code());
            Failure.NodeFailed node = (Failure.NodeFailed) far;
            Expect.equal("attempts at a flow that changes nothing", 3, node.attempts());
            Expect.equal(
                    "what its cause says",
                    "RUN101",
                    ((RemoteFlowException) node.cause()).failure().code());
            Node<JsonValue, JsonValue> once =
                    RemoteFlow.post("/slow", waits, JSON)
                            .node("far", HOST)
                            .with(NodeOption.retry(2, Duration.ZERO));
            Failure changed = failure(here.runtime.run(calling(JsonValue.class, once), ONE));
            Expect.equal(
                    "attempts at a flow that changes something",
                    1,
                    ((Failure.NodeFailed) changed).attempts());
        }
    }

    private static void hurries(HostBench host, TestClock clock) throws Exception {
        int before = notes(host, "over: waits");
        Node<JsonValue, JsonValue> waits =
                RemoteFlow.post("/waits", HostFlows.one(HostFlows.WAITS), JSON).node("waits", HOST);
        try (Here here = new Here(host)) {
            failure(
                    here.runtime.run(
                            calling(JsonValue.class, waits),
                            Invocation.of(ONE).within(Duration.ofMillis(500))));
            awaitNotes(host, "over: waits", before + 1);
        }
    }

    private static Failure failure(Result<?> result) {
        Expect.that("it fails: " + result, result instanceof Result.Failed<?>);
        return ((Result.Failed<?>) result).failure();
    }

    /** A runtime here that calls the host. */
    private static final class Here implements Closeable {
        final HttpEndpoint endpoint;
        final Runtime runtime;

        Here(HostBench host) {
            endpoint =
                    HttpEndpoint.open(
                            HOST.binding(),
                            host.address().orElseThrow().toString(),
                            HttpSettings.DEFAULT.with(Egress.own().withPrivateAddresses()));
            runtime = Runtime.builder().capabilities(Capabilities.none().with(endpoint)).build();
        }

        HttpWriter writer() {
            return endpoint.writer(Scope.outside("contract"));
        }

        @Override
        public void close() {
            runtime.close(Duration.ZERO);
            endpoint.close();
        }
    }
}
