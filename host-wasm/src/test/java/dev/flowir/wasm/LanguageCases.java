package dev.flowir.wasm;

import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.Flow;
import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.FlowIds;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.NodeOption;
import dev.flowir.ir.Port;
import dev.flowir.ir.ReadToken;
import dev.flowir.ir.diff.Edit;
import dev.flowir.ir.diff.FlowDiff;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The language: ids, values, and a typed flow that becomes a definition. */
final class LanguageCases {

    private record Order(List<String> skus) {}

    private sealed interface Size permits Small, Large {}

    private record Small(int cents) implements Size {}

    private record Large(int cents) implements Size {}

    @FunctionalInterface
    private interface Catalog {
        int cents(String sku);
    }

    private static final ReadToken<Catalog> CATALOG =
            ReadToken.of(
                    "catalog", "main", Catalog.class, "resource::http::read", "resource::http");

    private LanguageCases() {}

    static void addTo(Map<String, PortableCases.Case> cases) {
        cases.put("the id of an ASCII name", () -> FlowIds.flowId("orders", "2.1.0-rc.1+build.5"));
        cases.put("the id of a name beyond ASCII", () -> FlowIds.flowId("flöde/☃", "0.1.0"));
        cases.put("JSON values are equal by content", LanguageCases::jsonEquality);
        cases.put("JSON objects keep their order", LanguageCases::jsonOrder);
        cases.put("a typed flow becomes the same definition", LanguageCases::typedFlow);
        cases.put("edits between two versions have the same names", LanguageCases::edits);
    }

    private static String jsonEquality() {
        JsonValue left = new JsonValue.Arr(List.of(JsonValue.number(1), JsonValue.nil()));
        JsonValue right = new JsonValue.Arr(List.of(JsonValue.number(1), JsonValue.nil()));
        return left.equals(right) + " " + left.equals(JsonValue.nil());
    }

    private static String jsonOrder() {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (String name : List.of("z", "banana", "apple", "cherry", "a")) {
            members.put(name, JsonValue.bool(true));
        }
        JsonValue.Obj object = new JsonValue.Obj(members);
        members.clear();
        return object.members().keySet().toString();
    }

    private static String typedFlow() {
        Node<Order, List<String>> skus = Node.split("skus", Order.class, String.class, Order::skus);
        Node<String, Integer> price =
                Node.reads(
                                "price",
                                String.class,
                                Integer.class,
                                CATALOG,
                                (catalog, sku, context) -> catalog.cents(sku))
                        .with(
                                NodeOption.retry(3, Duration.ofMillis(50)),
                                NodeOption.timeout(Duration.ofSeconds(2)));
        Node<Small, String> small = Node.pure("small", Small.class, String.class, s -> "small");
        Node<Large, String> large = Node.pure("large", Large.class, String.class, l -> "large");
        Flow<Order, String> flow =
                Flow.define(
                        "gate",
                        "1.0.0",
                        Order.class,
                        (g, order) -> {
                            var prices = g.each(g.then(order, skus), 8, price);
                            var size =
                                    g.join("size", order, prices, Size.class, LanguageCases::size);
                            return g.choose(size, Size.class, String.class)
                                    .on(Small.class, small)
                                    .on(Large.class, large)
                                    .merge("done");
                        });
        return text(flow.definition());
    }

    private static Size size(Order order, List<Integer> prices) {
        return prices.size() < 2 ? new Small(prices.size()) : new Large(order.skus().size());
    }

    private static Flow<String, String> words(String version, List<Node<String, String>> nodes) {
        return Flow.define(
                "words",
                version,
                String.class,
                (g, in) -> {
                    Port<String> at = in;
                    for (Node<String, String> node : nodes) {
                        at = g.then(at, node);
                    }
                    return at;
                });
    }

    private static String edits() {
        Node<String, String> trim = Node.pure("trim", String.class, String.class, it -> it);
        Node<String, String> lower = Node.pure("lower", String.class, String.class, it -> it);
        Node<String, String> upper = Node.pure("upper", String.class, String.class, it -> it);
        Flow<String, String> old = words("1.0.0", List.of(trim, lower));
        Node<String, String> marked = upper.with(NodeOption.since("1.1.0"));
        return edits(old, words("1.1.0", List.of(trim, marked, lower)))
                + edits(old, words("1.1.0", List.of(trim, upper, lower)))
                + edits(old, words("1.1.0", List.of(lower, trim)))
                + edits(old, words("1.1.0", List.of(upper)));
    }

    private static String edits(Flow<?, ?> old, Flow<?, ?> next) {
        StringBuilder text = new StringBuilder();
        for (Edit edit : FlowDiff.of(old, next)) {
            text.append(edit.side()).append(' ').append(edit.found().code().id());
            text.append(' ').append(edit.found().severity());
            text.append(" at ").append(edit.found().location().pointer());
            text.append(": ").append(edit.found().message());
            text.append(" | ").append(edit.found().suggestion()).append("; ");
        }
        return text.append("end. ").toString();
    }

    private static String text(FlowDefinition flow) {
        StringBuilder text = new StringBuilder(flow.id());
        for (NodeDefinition node : flow.nodes()) {
            text.append("; ").append(node.alias()).append(' ').append(node.kind().wire());
            text.append(' ').append(node.effects().wire());
            text.append(' ').append(node.determinism().wire());
            text.append(' ').append(node.inSchema()).append(' ').append(node.outSchema());
            text.append(' ').append(node.effectHints()).append(node.determinismHints());
        }
        for (EdgeDefinition edge : flow.edges()) {
            text.append("; ").append(edge.from()).append(" to ").append(edge.to());
        }
        return text.append("; ").append(flow.controlSurfaces()).toString();
    }
}
