package dev.flowir.cli;

import java.util.ArrayList;
import java.util.List;

/** Flows in JSON for tests. */
final class Documents {

    private Documents() {}

    /**
     * Nodes in a row, named by their handler and place: {@code flow::identity} becomes {@code n0}.
     */
    static String row(String... identifiers) {
        List<String> nodes = new ArrayList<>();
        List<String> edges = new ArrayList<>();
        for (int i = 0; i < identifiers.length; i++) {
            nodes.add(node("n" + i, identifiers[i], i == 0 ? "trigger" : "inline"));
            if (i > 0) {
                edges.add(edge("n" + (i - 1), "n" + i));
            }
        }
        return flow(nodes, edges);
    }

    static String flow(List<String> nodes, List<String> edges) {
        return "{\"id\":\"f\",\"name\":\"row\",\"version\":\"1.0.0\",\"profile\":\"dev\",\"nodes\":["
                + String.join(",", nodes)
                + "],\n\"edges\":["
                + String.join(",", edges)
                + "]}";
    }

    static String node(String alias, String identifier, String kind) {
        return "\n {\"id\":\""
                + alias
                + "\",\"alias\":\""
                + alias
                + "\",\"identifier\":\""
                + identifier
                + "\",\"name\":\""
                + alias
                + "\",\"kind\":\""
                + kind
                + "\",\"in_schema\":{\"kind\":\"opaque\"},\"out_schema\":{\"kind\":\"opaque\"},"
                + "\"effects\":\"pure\",\"determinism\":\"strict\"}";
    }

    static String edge(String from, String to) {
        return "\n {\"from\":\""
                + from
                + "\",\"to\":\""
                + to
                + "\",\"delivery\":\"at_least_once\",\"ordering\":\"ordered\",\"buffer\":{}}";
    }
}
