package dev.flowir.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Idempotency;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.ReadToken;
import dev.flowir.ir.SurfaceKind;
import dev.flowir.kernel.cap.Capabilities;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Executor cases 6, 21, 22 and 26 to 29, and what else is decided before anything runs. */
class PreflightCasesTest {

    private static final NodeBody.Single PASS = (in, handles, context) -> in;
    private static final JsonValue INPUT = JsonValue.number(1);

    private static Failure failure(Runtime runtime, Flow<JsonValue, JsonValue> flow) {
        return assertInstanceOf(Result.Failed.class, runtime.run(flow, INPUT)).failure();
    }

    private static Flow<JsonValue, JsonValue> hinting(Effects effects, String... hints) {
        return Flows.named("hints")
                .nodes("t")
                .node("c", effects, PASS, hints)
                .edges("t -> c")
                .flow("t", "c");
    }

    @Test
    void case06_theBodySeesTheAttachedStore() {
        AtomicInteger store = new AtomicInteger(41);
        ReadToken<AtomicInteger> token =
                ReadToken.of(
                        "kv", "main", AtomicInteger.class, "resource::kv::read", "resource::kv");
        Node<Integer, Integer> count =
                Node.reads(
                        "count",
                        Integer.class,
                        Integer.class,
                        token,
                        (kv, in, context) -> kv.addAndGet(in));
        Flow<Integer, Integer> flow =
                Flow.define("counted", "1.0.0", Integer.class, (g, in) -> g.then(in, count));
        TestProvider provider = new TestProvider(store, "resource::kv::read");
        try (Runtime runtime = Runtime.builder().capabilities(Capabilities.of(provider)).build()) {
            assertEquals(42, runtime.run(flow, 1).orThrow());
        }
        assertEquals(42, store.get());
        assertEquals(1, provider.scopes.size());
        assertEquals("count", provider.scopes.get(0).node());
        assertEquals(1, provider.scopes.get(0).attempt());
        assertTrue(provider.scopes.get(0).idempotencyKey().startsWith("counted/"));
    }

    @Test
    void case06_aHandlerUsesWhatItsNodeHints() {
        ReadToken<AtomicInteger> token =
                ReadToken.of(
                        "kv", "main", AtomicInteger.class, "resource::kv::read", "resource::kv");
        NodeBody.Single reads =
                (in, handles, context) -> JsonValue.number(handles.get(token).get());
        Flow<JsonValue, JsonValue> hinted =
                Flows.named("hinted")
                        .nodes("t")
                        .node("c", Effects.READ_ONLY, reads, "resource::kv::read")
                        .edges("t -> c")
                        .flow("t", "c");
        Flow<JsonValue, JsonValue> silent =
                Flows.named("silent")
                        .nodes("t")
                        .node("c", Effects.READ_ONLY, reads)
                        .edges("t -> c")
                        .flow("t", "c");
        TestProvider provider = new TestProvider(new AtomicInteger(7), "resource::kv::read");
        try (Runtime runtime = Runtime.builder().capabilities(Capabilities.of(provider)).build()) {
            assertEquals(JsonValue.number(7), runtime.run(hinted, INPUT).orThrow());
            Failure.NodeFailed refused =
                    assertInstanceOf(Failure.NodeFailed.class, failure(runtime, silent));
            assertInstanceOf(IllegalArgumentException.class, refused.cause());
        }
    }

    private static final Map<String, JsonValue> WINDOW =
            Map.of(
                    "event_time_pointer", JsonValue.text(""),
                    "size_ms", JsonValue.number(1),
                    "allowed_lateness_ms", JsonValue.number(0),
                    "watermark", JsonValue.text("w"));

    @Test
    void case21_unsupportedSurfaceIsRefusedBeforeAnyNodeRuns() {
        AtomicBoolean ran = new AtomicBoolean();
        Flow<JsonValue, JsonValue> flow =
                Flows.named("limited")
                        .pure(
                                "t",
                                (in, handles, context) -> {
                                    ran.set(true);
                                    return in;
                                })
                        .nodes("c")
                        .edges("t -> c")
                        .surface("limit", SurfaceKind.WINDOW, List.of(), WINDOW)
                        .flow("t", "c");
        try (Runtime runtime = Runtime.builder().build()) {
            Failure failure = failure(runtime, flow);
            assertEquals(new Failure.UnsupportedSurface("limit", "window"), failure);
            assertEquals("CTRL901", failure.code());
        }
        assertFalse(ran.get());
    }

    @Test
    void case22_partitionIsMetadata() {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("partitioned")
                        .nodes("t", "c")
                        .edges("t -> c")
                        .surface(
                                "part",
                                SurfaceKind.PARTITION,
                                List.of(),
                                Map.of(
                                        "edge",
                                        new JsonValue.Obj(
                                                Map.of(
                                                        "from", JsonValue.text("t"),
                                                        "to", JsonValue.text("c"))),
                                        "key",
                                        JsonValue.text("id")))
                        .flow("t", "c");
        try (Runtime runtime = Runtime.builder().build()) {
            assertEquals(INPUT, runtime.run(flow, INPUT).orThrow());
        }
    }

    @Test
    void case26_aMissingCapabilityIsRefusedAnAttachedOneRuns() {
        Flow<JsonValue, JsonValue> flow = hinting(Effects.READ_ONLY, "resource::kv::read");
        try (Runtime without = Runtime.builder().build()) {
            Failure failure = failure(without, flow);
            assertEquals(new Failure.MissingCapabilities(List.of("resource::kv::read")), failure);
            assertEquals("CAP101", failure.code());
            assertEquals(Optional.of(failure), without.preflight(flow));
        }
        Capabilities kv = Capabilities.of(new TestProvider("resource::kv::read"));
        try (Runtime with = Runtime.builder().capabilities(kv).build()) {
            assertEquals(Optional.empty(), with.preflight(flow));
            assertEquals(INPUT, with.run(flow, INPUT).orThrow());
        }
    }

    @Test
    void case27_anUnknownHintIsMissingThoughTheFlowIsValid() {
        try (Runtime runtime = Runtime.builder().build()) {
            assertEquals(
                    new Failure.MissingCapabilities(List.of("resource::mystery::read")),
                    failure(runtime, hinting(Effects.READ_ONLY, "resource::mystery::read")));
        }
    }

    @Test
    void case28_missingHintsAreSortedAndUnique() {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("many")
                        .node("t", Effects.EFFECTFUL, PASS, "resource::mystery::read")
                        .node(
                                "c",
                                Effects.EFFECTFUL,
                                PASS,
                                "resource::kv::read",
                                "resource::http::write",
                                "resource::kv::read")
                        .edges("t -> c")
                        .flow("t", "c");
        try (Runtime runtime = Runtime.builder().build()) {
            assertEquals(
                    new Failure.MissingCapabilities(
                            List.of(
                                    "resource::http::write",
                                    "resource::kv::read",
                                    "resource::mystery::read")),
                    failure(runtime, flow));
        }
    }

    @Test
    void case29_determinismHintsNeedNoCapability() {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("clocked")
                        .nodes("t")
                        .node(
                                "c",
                                Effects.PURE,
                                Determinism.BEST_EFFORT,
                                Idempotency.none(),
                                PASS,
                                List.of(),
                                List.of("resource::clock"))
                        .edges("t -> c")
                        .flow("t", "c");
        try (Runtime runtime = Runtime.builder().build()) {
            assertEquals(INPUT, runtime.run(flow, INPUT).orThrow());
        }
    }

    @Test
    void p7_twoRoutesOnOneSourceAreInvalid() {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("twice")
                        .nodes("t", "a", "b")
                        .edges("t -> a", "t -> b")
                        .switchOn("t", Map.of("a", "a"), Optional.empty())
                        .ifOn("t", "a", "b")
                        .flow("t", "a");
        try (Runtime runtime = Runtime.builder().build()) {
            Failure.InvalidSurface invalid =
                    assertInstanceOf(Failure.InvalidSurface.class, failure(runtime, flow));
            assertEquals("if:t", invalid.id());
            assertEquals("CTRL120", invalid.code());
        }
    }

    @Test
    void p8_surfacesAreReportedBeforeHandlersAndCapture() {
        Flows drawn =
                Flows.named("order")
                        .nodes("t", "c")
                        .edges("t -> c")
                        .unregister("c")
                        .surface("paced", SurfaceKind.WINDOW, List.of("c"), WINDOW);
        try (Runtime runtime = Runtime.builder().build()) {
            assertEquals(
                    new Failure.UnsupportedSurface("paced", "window"),
                    failure(runtime, drawn.flow("t", "nowhere")));
        }
    }

    @Test
    void p8_handlersAreReportedBeforeTheCapture() {
        Flows drawn = Flows.named("order").nodes("t", "c").edges("t -> c");
        try (Runtime runtime = Runtime.builder().build()) {
            assertEquals(
                    new Failure.UnknownCapture("nowhere"),
                    failure(runtime, drawn.flow("t", "nowhere")));
            assertEquals(
                    new Failure.UnregisteredNode("c", "test::c"),
                    failure(runtime, drawn.unregister("c").flow("t", "nowhere")));
        }
    }

    @Test
    void p9_aRootOfAnyKindTakesInput() {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("roots").nodes("t", "a", "b").edges("a -> b").flow("a", "b");
        try (Runtime runtime = Runtime.builder().build()) {
            assertEquals(INPUT, runtime.run(flow, INPUT).orThrow());
        }
    }

    @Test
    void p10_aTriggerWithInboundEdgesIsUnknown() {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("inbound").nodes("t", "a", "b").edges("a -> t -> b").flow("t", "b");
        try (Runtime runtime = Runtime.builder().build()) {
            assertEquals(new Failure.UnknownTrigger("t"), failure(runtime, flow));
        }
    }

    @Test
    void anInvalidFlowIsRefusedWithItsDiagnostics() {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("invalid").nodes("t", "c").edges("t -> nobody").flow("t", "c");
        try (Runtime runtime = Runtime.builder().build()) {
            Failure failure = failure(runtime, flow);
            assertEquals("DAG202", failure.code());
            assertTrue(failure.message().contains("nobody"), failure::message);
        }
    }

    @Test
    void aFullRuntimeRefusesAndAClosedOneToo() {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("one").nodes("t", "c").edges("t -> c").flow("t", "c");
        try (Runtime runtime = Runtime.builder().maxInFlight(1).build()) {
            FlowInstance<JsonValue, JsonValue> instance =
                    runtime.open(flow, InstanceOptions.defaults()).orThrow();
            assertEquals(1, runtime.inFlight());
            Failure.Refused refused =
                    assertInstanceOf(Failure.Refused.class, failure(runtime, flow));
            assertEquals("1 runs are in flight", refused.reason());
            instance.close();
            assertEquals(INPUT, runtime.run(flow, INPUT).orThrow());
            runtime.close(java.time.Duration.ZERO);
            assertInstanceOf(Failure.Refused.class, failure(runtime, flow));
        }
    }
}
