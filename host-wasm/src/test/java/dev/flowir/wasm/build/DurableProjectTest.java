package dev.flowir.wasm.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeOption;
import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgeManifest;
import dev.flowir.wasm.EdgeRoutes;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What durable runs ask of a worker, and which flows it refuses. */
class DurableProjectTest {

    private static final Class<JsonValue> JSON = JsonValue.class;

    private static Flow<JsonValue, JsonValue> flow(String name, Node<JsonValue, JsonValue> node) {
        return Flow.define(name, "1.0.0", JSON, (g, in) -> g.then(in, node));
    }

    private static Flow<JsonValue, JsonValue> echo(String name) {
        return flow(name, Node.pure("echo", JSON, JSON, it -> it));
    }

    private static void build(Class<? extends EdgeApplication> type, Target target, Path folder)
            throws BuildException {
        List<Path> classPath =
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(Path::of)
                        .toList();
        WorkerBuild.build(type.getName(), classPath, target, folder.resolve("src"));
    }

    /** Flows that cannot run here. */
    public static final class Refused implements EdgeApplication {

        /** For packaging. */
        public Refused() {}

        @Override
        public EdgeRoutes routes() {
            return EdgeRoutes.none()
                    .durable(
                            "/bounded",
                            flow(
                                    "bounded",
                                    Node.pure("one", JSON, JSON, it -> it)
                                            .with(NodeOption.concurrency(1))))
                    .durable(
                            "/streams",
                            Flow.define(
                                    "streams",
                                    "1.0.0",
                                    JSON,
                                    (g, in) ->
                                            g.then(
                                                    in,
                                                    Node.streams(
                                                            "s", JSON, JSON, (it, out, c) -> {}))));
        }
    }

    @Test
    void flowsThatCannotRunDurablyAtTheEdgeRefuseTheBuild(@TempDir Path folder) {
        BuildException refused =
                assertThrows(
                        BuildException.class,
                        () -> build(Refused.class, Target.JAVASCRIPT, folder));
        List<String> lines = String.valueOf(refused.getMessage()).lines().toList();
        assertEquals(
                List.of(
                        "EDGE104: flow 'bounded' cannot run durably at the edge: node 'one' bounds its"
                                + " bodies at a time, which runs in objects of their own cannot count"
                                + " together; bound what it calls"),
                lines.subList(0, 1));
        assertTrue(
                lines.get(1).startsWith("DUR104: flow 'streams' cannot run durably"), lines.get(1));
        assertEquals(2, lines.size());
    }

    @Test
    void whatIsKeptForATimeIsARunOfADurableFlow() {
        EdgeRoutes routes = EdgeRoutes.none().durable("/runs", echo("echo"));
        assertThrows(
                IllegalArgumentException.class,
                () -> routes.keeps(echo("other"), Duration.ofDays(1)));
        assertThrows(
                IllegalArgumentException.class, () -> routes.keeps(echo("echo"), Duration.ZERO));
        routes.keeps(echo("echo"), Duration.ofMillis(1));
    }

    /** A flow that can. */
    public static final class Durable implements EdgeApplication {

        /** For packaging. */
        public Durable() {}

        @Override
        public EdgeRoutes routes() {
            return EdgeRoutes.none().durable("/runs", echo("echo"));
        }
    }

    @Test
    void runsAreObjects() {
        List<EdgeManifest.Binding> bindings = new Durable().routes().manifest().bindings();
        assertEquals(1, bindings.size());
        assertEquals(EdgeManifest.Kind.OBJECT, bindings.get(0).kind());
        assertEquals("FlowRuns", bindings.get(0).resource());
    }

    @Test
    void aFlowHasOnePathAndItsEarlierVersionsItsName() {
        EdgeRoutes one = EdgeRoutes.none().durable("/a", echo("a"));
        assertThrows(IllegalArgumentException.class, () -> one.durable("/b", echo("a")));
        assertThrows(IllegalArgumentException.class, () -> one.durable("/b", echo("b"), echo("c")));
        assertEquals(2, one.durable("/b", echo("b")).flows().size());
        assertEquals(3, one.durable("/b", echo("b"), echo("b")).flows().size());
    }
}
