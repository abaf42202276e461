package dev.flowir.ir.json;

/** Small documents to vary. */
final class FlowTexts {

    private static final String HEAD =
            "\"id\":\"f\",\"name\":\"f\",\"version\":\"1.0.0\",\"profile\":\"dev\"";

    private FlowTexts() {}

    /** A flow with more fields. */
    static String flow(String more) {
        return "{" + HEAD + (more.isEmpty() ? "" : "," + more) + "}";
    }

    /** A flow with one node, which has more fields. */
    static String node(String more) {
        return flow("\"nodes\":[" + nodeObject("a", more) + "]");
    }

    static String nodeObject(String alias, String more) {
        return "{\"id\":\"x\",\"alias\":\""
                + alias
                + "\",\"identifier\":\"x\",\"name\":\"x\",\"kind\":\"inline\","
                + "\"in_schema\":{\"kind\":\"opaque\"},\"out_schema\":{\"kind\":\"opaque\"},"
                + "\"effects\":\"pure\",\"determinism\":\"strict\""
                + (more.isEmpty() ? "" : "," + more)
                + "}";
    }

    /** A flow with one node that has an input schema. */
    static String inSchema(String schema) {
        return node("").replaceFirst("\\{\"kind\":\"opaque\"}", schema);
    }

    /** A flow with an edge from {@code a} to itself, which has more fields. */
    static String edge(String buffer, String more) {
        return flow(
                "\"edges\":[{\"from\":\"a\",\"to\":\"a\",\"delivery\":\"at_least_once\","
                        + "\"ordering\":\"ordered\",\"buffer\":"
                        + buffer
                        + (more.isEmpty() ? "" : "," + more)
                        + "}]");
    }

    /** A flow with one loop surface that has a config. */
    static String config(String config) {
        return flow(
                "\"control_surfaces\":[{\"id\":\"s\",\"kind\":\"loop\",\"targets\":[],\"config\":"
                        + config
                        + "}]");
    }
}
