package dev.flowir.ir.diff;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Buffer;
import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.Delivery;
import dev.flowir.ir.Determinism;
import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.Effects;
import dev.flowir.ir.Flow;
import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.Idempotency;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.NodeKind;
import dev.flowir.ir.NodeOption;
import dev.flowir.ir.Ordering;
import dev.flowir.ir.Port;
import dev.flowir.ir.Precedence;
import dev.flowir.ir.Profile;
import dev.flowir.ir.SchemaRef;
import dev.flowir.ir.SlowConsumer;
import dev.flowir.ir.SurfaceKind;
import dev.flowir.ir.Waits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One case for each kind of edit, and the rule that the verdict is what runs are pinned to. */
class FlowDiffTest {

    /** An edit of {@link #OLD} and the codes that it is told with. */
    record Case(String what, FlowDefinition edited, List<String> codes) {
        Case(String what, FlowDefinition edited, String... codes) {
            this(what, edited, List.of(codes));
        }

        @Override
        public String toString() {
            return what;
        }
    }

    private static Node<Integer, Integer> pure(String name) {
        return Node.pure(name, Integer.class, Integer.class, n -> n + 1);
    }

    private static Node<Integer, Integer> nap(String name) {
        return Waits.sleep(name, Integer.class, ofDays(1));
    }

    private static FlowDefinition flow(String version, Node<?, ?>... first) {
        return Flow.define(
                        "order",
                        version,
                        Integer.class,
                        (g, in) -> {
                            Port<Integer> slept = in;
                            for (Node<?, ?> node : first) {
                                slept = g.then(slept, integers(node));
                            }
                            Port<Integer> way =
                                    g.when(
                                            slept,
                                            n -> n > 1,
                                            pure("large").with(NodeOption.timeout(ofMillis(50))),
                                            pure("small"),
                                            "met",
                                            Integer.class);
                            return g.join("sum", way, slept, Integer.class, Integer::sum);
                        })
                .definition();
    }

    @SuppressWarnings("unchecked") // all nodes of this test are of integers
    private static Node<Integer, Integer> integers(Node<?, ?> node) {
        return (Node<Integer, Integer>) node;
    }

    private static Node<Integer, Integer> rest() {
        return nap("rest").with(NodeOption.retry(2, ofMillis(5)));
    }

    private static final FlowDefinition OLD = flow("1.0.0", nap("nap"), rest());

    private static FlowDefinition node(
            FlowDefinition flow, String alias, Consumer<NodeFields> change) {
        return drawn(flow, alias, it -> NodeFields.of(it, change));
    }

    private static FlowDefinition node(String alias, Consumer<NodeFields> change) {
        return node(at("2.0.0"), alias, change);
    }

    private static FlowDefinition drawn(
            FlowDefinition flow, String alias, UnaryOperator<NodeDefinition> by) {
        List<NodeDefinition> nodes = new ArrayList<>();
        flow.nodes().forEach(it -> nodes.add(it.alias().equals(alias) ? by.apply(it) : it));
        return flow.drawn(nodes, flow.edges(), flow.controlSurfaces());
    }

    private static FlowDefinition edge(int index, UnaryOperator<EdgeDefinition> by) {
        List<EdgeDefinition> edges = new ArrayList<>(OLD.edges());
        edges.set(index, by.apply(edges.get(index)));
        return at("2.0.0").drawn(OLD.nodes(), edges, OLD.controlSurfaces());
    }

    private static FlowDefinition surfaces(UnaryOperator<List<ControlSurface>> by) {
        List<ControlSurface> surfaces = by.apply(new ArrayList<>(OLD.controlSurfaces()));
        return at("2.0.0").drawn(OLD.nodes(), OLD.edges(), surfaces);
    }

    private static ControlSurface with(ControlSurface surface, String member, int value) {
        Map<String, JsonValue> config = new TreeMap<>(((JsonValue.Obj) surface.config()).members());
        config.put(member, JsonValue.number(value));
        return new ControlSurface(
                surface.id(), surface.kind(), surface.targets(), new JsonValue.Obj(config));
    }

    private static FlowDefinition called(String name, String version) {
        return new FlowDefinition(
                "id",
                name,
                version,
                OLD.profile(),
                OLD.summary(),
                OLD.nodes(),
                OLD.edges(),
                OLD.controlSurfaces(),
                OLD.checkpoints(),
                OLD.policies(),
                OLD.tags(),
                OLD.artifacts());
    }

    private static FlowDefinition at(String version) {
        return called("order", version);
    }

    private static FlowDefinition summaries() {
        FlowDefinition named =
                node(
                        OLD,
                        "nap",
                        it -> {
                            it.id = "another id";
                            it.name = "A short nap";
                            it.summary = Optional.of("sleeps");
                        });
        return new FlowDefinition(
                "another id",
                named.name(),
                named.version(),
                Profile.WEB,
                Optional.of("orders"),
                named.nodes(),
                named.edges(),
                named.controlSurfaces(),
                List.of(),
                named.policies(),
                List.of("new"),
                List.of());
    }

    private static List<Case> compatible() {
        return List.of(
                new Case("nothing", OLD),
                new Case(
                        "what only people read",
                        summaries(),
                        "DIFF101",
                        "DIFF101",
                        "DIFF101",
                        "DIFF101",
                        "DIFF101"),
                new Case("a marked node", marked("2.0.0", "2.0.0"), "DIFF102", "DIFF103"),
                new Case("a marker of long ago", marked("2.0.0", "1.5.0"), "DIFF102", "DIFF103"),
                new Case("what becomes of slow consumers", slow(), "DIFF104"),
                new Case("who goes first", ordered(), "DIFF105"),
                new Case(
                        "a marker that is older than the runs: only the version was raised",
                        markedSince1(),
                        "DIFF103"));
    }

    private static FlowDefinition ordered() {
        List<NodeDefinition> nodes = new ArrayList<>(OLD.nodes());
        nodes.set(1, nodes.get(1).ordered(new Precedence("/p", 3, 10)));
        return OLD.drawn(nodes, OLD.edges(), OLD.controlSurfaces());
    }

    private static FlowDefinition slow() {
        List<NodeDefinition> nodes = new ArrayList<>(OLD.nodes());
        nodes.set(
                1,
                NodeFields.of(nodes.get(1), it -> it.slow = Optional.of(SlowConsumer.conflate())));
        return OLD.drawn(nodes, OLD.edges(), OLD.controlSurfaces());
    }

    private static FlowDefinition marked(String version, String since) {
        Node<Integer, Integer> audit =
                pure("audit").with(NodeOption.since(since), NodeOption.retry(1, ofMillis(1)));
        return flow(version, nap("nap"), audit, rest());
    }

    private static FlowDefinition markedSince1() {
        return node("nap", it -> it.since = Optional.of("1.0.0"));
    }

    private static List<Case> incompatible() {
        SchemaRef other = SchemaRef.named("Other");
        return List.of(
                new Case(
                        "a node that nothing leads to",
                        at("2.0.0")
                                .drawn(
                                        more(
                                                OLD.nodes(),
                                                OLD.nodes().get(1).called("x", List.of())),
                                        OLD.edges(),
                                        OLD.controlSurfaces()),
                        "DIFF201"),
                new Case(
                        "a node without a marker",
                        flow("2.0.0", nap("nap"), pure("audit"), rest()),
                        "DIFF201",
                        "DIFF211",
                        "DIFF211",
                        "DIFF212"),
                new Case(
                        "a node removed",
                        at("2.0.0")
                                .drawn(
                                        OLD.nodes().subList(0, OLD.nodes().size() - 1),
                                        OLD.edges(),
                                        OLD.controlSurfaces()),
                        "DIFF202"),
                new Case("a node renamed", flow("2.0.0", nap("snooze"), rest()), "DIFF203"),
                new Case("another handler", node("nap", it -> it.handler = "acme::nap"), "DIFF204"),
                new Case("another kind", node("nap", it -> it.kind = NodeKind.ACTIVITY), "DIFF205"),
                new Case("another output", node("nap", it -> it.out = other), "DIFF206"),
                new Case("another input", node("nap", it -> it.in = other), "DIFF206"),
                new Case(
                        "other effects",
                        node("large", it -> it.effects = Effects.READ_ONLY),
                        "DIFF207"),
                new Case(
                        "other determinism",
                        node("large", it -> it.determinism = Determinism.STABLE),
                        "DIFF207"),
                new Case(
                        "other hints",
                        node("large", it -> it.hints = List.of("resource::kv::read")),
                        "DIFF207"),
                new Case(
                        "another key",
                        node("large", it -> it.idempotency = Idempotency.key("{id}")),
                        "DIFF208"),
                new Case(
                        "another join",
                        drawn(at("2.0.0"), "sum", it -> it.called("sum", List.of("rest", "met"))),
                        "DIFF209"),
                new Case(
                        "nodes in another order",
                        at("2.0.0").drawn(swapped(OLD.nodes()), OLD.edges(), OLD.controlSurfaces()),
                        "DIFF210"),
                new Case(
                        "an edge added",
                        at("2.0.0")
                                .drawn(
                                        OLD.nodes(),
                                        more(OLD.edges(), EdgeDefinition.of("nap", "met")),
                                        OLD.controlSurfaces()),
                        "DIFF211"),
                new Case(
                        "an edge removed",
                        at("2.0.0")
                                .drawn(
                                        OLD.nodes(),
                                        OLD.edges().subList(0, OLD.edges().size() - 1),
                                        OLD.controlSurfaces()),
                        "DIFF212"),
                new Case(
                        "another time limit",
                        edge(
                                2,
                                it ->
                                        new EdgeDefinition(
                                                it.from(),
                                                it.to(),
                                                it.delivery(),
                                                it.ordering(),
                                                it.partitionKey(),
                                                OptionalLong.of(60),
                                                it.buffer())),
                        "DIFF213"),
                new Case(
                        "another delivery",
                        edge(
                                1,
                                it ->
                                        new EdgeDefinition(
                                                it.from(),
                                                it.to(),
                                                Delivery.AT_MOST_ONCE,
                                                Ordering.UNORDERED,
                                                Optional.of("id"),
                                                it.timeoutMillis(),
                                                Buffer.bounded(5))),
                        "DIFF214"),
                new Case(
                        "edges in another order",
                        at("2.0.0").drawn(OLD.nodes(), swapped(OLD.edges()), OLD.controlSurfaces()),
                        "DIFF215"),
                new Case(
                        "other retries",
                        surfaces(all -> {
                            all.set(1, with(all.get(1), "max_retries", 3));
                            return all;
                        }),
                        "DIFF216"),
                new Case(
                        "another branch",
                        surfaces(all -> {
                            all.set(0, with(all.get(0), "selector_pointer", 1));
                            return all;
                        }),
                        "DIFF217"),
                new Case("branches in another order", surfaces(FlowDiffTest::swapped), "DIFF218"),
                new Case(
                        "a loop",
                        surfaces(all ->
                                more(
                                        all,
                                        new ControlSurface(
                                                "l",
                                                SurfaceKind.FOR_EACH,
                                                List.of("nap"),
                                                JsonValue.nil()))),
                        "DIFF218"),
                new Case(
                        "waits in another order",
                        flow("2.0.0", rest(), nap("nap")),
                        "DIFF210",
                        "DIFF211",
                        "DIFF211",
                        "DIFF211",
                        "DIFF211",
                        "DIFF211",
                        "DIFF212",
                        "DIFF212",
                        "DIFF212",
                        "DIFF212",
                        "DIFF212",
                        "DIFF217",
                        "DIFF217",
                        "DIFF209",
                        "DIFF219"),
                new Case("only the version", at("1.0.1"), "DIFF220"),
                new Case("a build of the version", at("1.0.0+b2"), "DIFF220"),
                new Case("the version not raised", again(), "DIFF213", "DIFF221"),
                new Case("the version back", at("0.9.0"), "DIFF222"),
                new Case("another name", called("orders", "1.0.0"), "DIFF223", "DIFF221"),
                new Case("a marker where nothing can pass", markedBranch(), "DIFF225"));
    }

    private static FlowDefinition again() {
        List<EdgeDefinition> edges = new ArrayList<>(OLD.edges());
        EdgeDefinition it = edges.get(0);
        edges.set(
                0,
                new EdgeDefinition(
                        it.from(),
                        it.to(),
                        it.delivery(),
                        it.ordering(),
                        it.partitionKey(),
                        OptionalLong.of(1),
                        it.buffer()));
        return OLD.drawn(OLD.nodes(), edges, OLD.controlSurfaces());
    }

    private static FlowDefinition markedBranch() {
        return node("large", it -> it.since = Optional.of("2.0.0"));
    }

    private static <T> List<T> more(List<T> all, T one) {
        List<T> longer = new ArrayList<>(all);
        longer.add(one);
        return longer;
    }

    private static <T> List<T> swapped(List<T> all) {
        List<T> swapped = new ArrayList<>(all);
        Collections.swap(swapped, 0, 1);
        return swapped;
    }

    static Stream<Case> all() {
        return Stream.concat(compatible().stream(), incompatible().stream());
    }

    private static List<String> codes(List<Edit> edits) {
        return edits.stream().map(it -> it.found().code().id()).sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("all")
    void anEditIsNamed(Case one) {
        List<Edit> edits = FlowDiff.of(OLD, one.edited());
        assertEquals(one.codes().stream().sorted().toList(), codes(edits));
        assertEquals(compatible().contains(one), FlowDiff.isCompatible(edits));
        for (Edit edit : edits) {
            assertTrue(edit.found().message().length() > 0);
            assertTrue(edit.found().suggestion().length() > 0);
            assertTrue(
                    edit.found().location().pointer().isEmpty()
                            || edit.found().location().pointer().startsWith("/"));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void theVerdictIsWhatRunsArePinnedTo(Case one) {
        FlowDefinition now = one.edited().asOf(OLD.version()).orElse(one.edited());
        assertEquals(
                OLD.pinned().equals(now.pinned()),
                FlowDiff.isCompatible(FlowDiff.of(OLD, one.edited())));
    }

    @Test
    void everyCodeHasACase() {
        TreeSet<String> told = new TreeSet<>();
        all().forEach(one -> told.addAll(one.codes()));
        told.add("DIFF224"); // the ends of a flow are not in its definition: below
        told.add("DIFF299"); // nothing may lead to it: chance looks for it below
        assertEquals(new TreeSet<>(DiffCodes.all().stream().map(it -> it.id()).toList()), told);
    }

    @Test
    void anotherOutputIsNamed() {
        Flow<Integer, Integer> one =
                Flow.define("f", "1.0.0", Integer.class, (g, in) -> g.then(in, pure("a")));
        Flow<Integer, Integer> other =
                Flow.define(
                        "f",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> {
                            g.then(in, pure("a"));
                            return in;
                        });
        assertEquals(List.of("DIFF221", "DIFF224"), codes(FlowDiff.of(one, other)));
        assertEquals(List.of(), FlowDiff.of(one, one));
    }

    /** Any number of edits at once, drawn from a seed: the verdict is that of the pins. */
    @Test
    void whateverIsEditedTheVerdictHolds() {
        List<FlowDefinition> pool = new ArrayList<>(List.of(OLD));
        all().forEach(one -> pool.add(one.edited()));
        RandomGenerator random = RandomGeneratorFactory.of("SplittableRandom").create(7);
        for (int i = 0; i < 3_000; i++) {
            FlowDefinition one = pool.get(random.nextInt(pool.size()));
            FlowDefinition other = mixed(pool, random);
            List<Edit> edits = FlowDiff.of(one, other);
            FlowDefinition now = other.asOf(one.version()).orElse(other);
            assertEquals(one.pinned().equals(now.pinned()), FlowDiff.isCompatible(edits));
            assertTrue(!codes(edits).contains("DIFF299"), one + " and " + other);
        }
    }

    private static FlowDefinition mixed(List<FlowDefinition> pool, RandomGenerator random) {
        FlowDefinition base = pool.get(random.nextInt(pool.size()));
        return base.drawn(
                pool.get(random.nextInt(pool.size())).nodes(),
                pool.get(random.nextInt(pool.size())).edges(),
                pool.get(random.nextInt(pool.size())).controlSurfaces());
    }
}
