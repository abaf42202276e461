package dev.flowir.wasm;

import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.host.Envelope;
import dev.flowir.kernel.host.RouteTable;
import dev.flowir.wasm.json.FormBook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The way of a request up to its flow: route, limits, body; the same as in the servlet host. */
final class EdgeHost {

    private final Platform platform;
    private final EdgeLimits limits;
    private final RouteTable<EdgeRoute> table;
    private final FormBook forms;
    private final Capabilities capabilities;
    private final EdgeJobs jobs;
    private final Optional<EdgeRoutes.Otherwise> otherwise;
    private final List<Flow<?, ?>> flows;

    EdgeHost(Platform platform, EdgeRoutes routes, FormBook forms) {
        this.platform = platform;
        this.limits = routes.limits();
        this.table = routes.table();
        this.forms = forms;
        this.capabilities = bound(platform, routes.capabilities());
        this.flows = routes.flows();
        this.jobs = new EdgeJobs(this, routes.jobs());
        this.otherwise = routes.otherwise();
    }

    /** What is left without the providers whose binding the worker does not have. */
    private static Capabilities bound(Platform platform, Capabilities all) {
        Capabilities left = Capabilities.none();
        for (CapabilityProvider provider : all.providers()) {
            if (isBound(platform, provider)) {
                left = left.with(provider);
            }
        }
        return left;
    }

    private static boolean isBound(Platform platform, CapabilityProvider provider) {
        if (provider instanceof EdgeProvider needs) {
            for (EdgeManifest.Binding it : needs.binds()) {
                if (!platform.isBound(it.name(), it.kind().method())) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Finds who keeps an object that is in memory from now on. */
    void wake(JsObject object) {
        for (CapabilityProvider provider : capabilities.providers()) {
            if (provider instanceof EdgeProvider bound
                    && bound.served() instanceof EdgeDoor door
                    && door.wake(this, object)) {
                return;
            }
        }
        throw new IllegalStateException("nothing keeps objects of '" + object.type() + "'");
    }

    /** What runs one of the worker's flows. */
    @SuppressWarnings("ReferenceEquality") // flows that are equal can have other bodies
    EdgeProgram program(Flow<?, ?> flow) {
        for (int i = 0; i < flows.size(); i++) {
            if (flows.get(i) == flow) {
                return EdgePrograms.of(i, flow, capabilities);
            }
        }
        throw new IllegalArgumentException("no route leads to flow '" + flow.name() + "'");
    }

    EdgeJobs jobs() {
        return jobs;
    }

    RouteTable<EdgeRoute> table() {
        return table;
    }

    Platform platform() {
        return platform;
    }

    EdgeLimits limits() {
        return limits;
    }

    FormBook forms() {
        return forms;
    }

    Capabilities capabilities() {
        return capabilities;
    }

    /** Looks at a request: answers it, or says what runs for it. Waits for nothing. */
    EdgeAdmission admit(EdgeRequest request, String id) {
        String method = request.method();
        Optional<String> path = Percent.decode(request.path(), false);
        if (path.isEmpty()) {
            return error(400, "the path has a broken percent escape", id);
        }
        return switch (table.find(method, path.get())) {
            case RouteTable.Found<EdgeRoute> found -> admit(found, request, id);
            case RouteTable.OtherMethods<EdgeRoute> other ->
                    method.equals("OPTIONS")
                            ? EdgeReply.Whole.empty(204).header("allow", other.allow())
                            : unanswered(405, "method not allowed", id)
                                    .header("allow", other.allow());
            case RouteTable.Nothing<EdgeRoute> nothing -> unanswered(404, "not found", id);
        };
    }

    private EdgeReply.Whole unanswered(int status, String error, String id) {
        if (otherwise.isEmpty()) {
            return error(status, error, id);
        }
        EdgeRoutes.Otherwise said = otherwise.get();
        JsonValue body = new JsonValue.Obj(Map.of("error", JsonValue.text(said.message())));
        return EdgeReply.Whole.json(said.status(), EdgeReply.text(body));
    }

    private EdgeAdmission admit(RouteTable.Found<EdgeRoute> found, EdgeRequest request, String id) {
        if (request.headerCount() > limits.maxHeaders()) {
            return error(431, "more than " + limits.maxHeaders() + " header fields", id);
        }
        Map<String, List<String>> query = Map.of();
        String asked = request.query();
        if (!asked.isEmpty()) {
            query = new LinkedHashMap<>();
            Optional<String> broken = Query.parse(asked, limits.maxParameters(), query);
            if (broken.isPresent()) {
                return error(400, broken.get(), id);
            }
        }
        EdgeRoute route = found.handler();
        EdgeCall call = new EdgeCall(this, route, request, found.parameters(), query, id);
        if (!route.wantsBody()) {
            return call;
        }
        int max = route.options().maxBodyBytes();
        double length = length(request);
        if (length > max) {
            return tooLarge(max, id);
        }
        if (isCompressed(request)) {
            return compressed(id);
        }
        boolean hasBody = length > 0 || request.header("transfer-encoding").isPresent();
        if (hasBody && !isJson(request.header("content-type").orElse(""))) {
            return error(415, "the body must be application/json in UTF-8", id)
                    .header("accept", "application/json");
        }
        return call;
    }

    static boolean isCompressed(EdgeRequest request) {
        Optional<String> encoding = request.header("content-encoding");
        return encoding.isPresent() && !Query.lower(encoding.get().strip()).equals("identity");
    }

    static EdgeReply.Whole compressed(String id) {
        return error(415, "the body must not be compressed", id)
                .header("accept-encoding", "identity");
    }

    /** The announced length of the body, which a double holds exactly; negative for none. */
    static double length(EdgeRequest request) {
        String text = request.header("content-length").orElse("");
        if (!Query.isDigits(text) || text.length() > 15) {
            return -1;
        }
        double length = 0;
        for (int i = 0; i < text.length(); i++) {
            length = length * 10 + (text.charAt(i) - '0');
        }
        return length;
    }

    private static boolean isJson(String contentType) {
        if (contentType.equals(EdgeReply.Whole.JSON)) {
            return true;
        }
        boolean first = true;
        boolean json = false;
        for (String part : Query.split(Query.lower(contentType), ';')) {
            String stripped = part.strip();
            if (first) {
                json = stripped.equals("application/json") || stripped.endsWith("+json");
                first = false;
                continue;
            }
            String parameter = stripped.replace("\"", "");
            if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
                return false;
            }
        }
        return json;
    }

    static EdgeReply.Whole tooLarge(int max, String id) {
        return error(413, "the body is larger than " + max + " bytes", id);
    }

    static EdgeReply.Whole error(int status, String error, String id) {
        return EdgeReply.Whole.error(Envelope.of(status, error, id));
    }
}
