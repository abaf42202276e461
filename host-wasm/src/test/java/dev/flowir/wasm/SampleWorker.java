package dev.flowir.wasm;

import dev.flowir.ir.Flow;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeOption;
import dev.flowir.ir.WriteToken;
import dev.flowir.kernel.cap.CapabilityProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Flows that the tests run in workerd. */
public final class SampleWorker implements EdgeApplication {

    private static final Class<JsonValue> JSON = JsonValue.class;
    private static final long FOR_EVER_MILLIS = 3_600_000;

    private static int loads;

    /** For the service loader. */
    public SampleWorker() {}

    @Override
    public EdgeRoutes routes() {
        loads++;
        return EdgeRoutes.none()
                .bind(Notes.inMemory(), UNBOUND_NOTES)
                .limits(EdgeLimits.DEFAULT.withBudget(Duration.ofSeconds(5)))
                .post("/echo", one(Node.pure("echo", JSON, JSON, it -> it)))
                .route(
                        "POST",
                        "/small",
                        one(Node.pure("echo", JSON, JSON, it -> it)),
                        options -> options.maxBody(8))
                .get("/loads", one(Node.pure("count", JSON, JSON, it -> JsonValue.number(loads))))
                .get("/parameters/{id}", one(Node.pure("echo", JSON, JSON, it -> it)))
                .get("/notes", one(Node.effect("read", JSON, JSON, Notes.TOKEN, NOTES)))
                .post("/order", ORDER)
                .post("/fails", one(Node.pure("boom", JSON, JSON, SampleWorker::fail)))
                .post("/waits", one(WAITS))
                .post("/slow", one(WAITS.with(NodeOption.timeout(Duration.ofMillis(50)))))
                .post("/spins", one(SPINS.with(NodeOption.timeout(Duration.ofMillis(50)))))
                .post("/unbound", one(Node.effect("writes", JSON, JSON, UNBOUND, NEVER)))
                .get("/ticks", TICKS)
                .route(
                        "POST",
                        "/greet/{name}",
                        GREET,
                        options -> options.status(Refusal.class, 422));
    }

    /** What to say how often. */
    public record Greeting(String name, int times) {}

    /** What was said. */
    public sealed interface Reply {}

    /** It was said. */
    public record Said(List<String> words) implements Reply {}

    /** It was not. */
    public record Refusal(String why) implements Reply {}

    private static final Flow<Greeting, Reply> GREET =
            Flow.define(
                    "greet",
                    "1.0.0",
                    Greeting.class,
                    (g, in) ->
                            g.then(
                                    in,
                                    Node.pure(
                                            "greet",
                                            Greeting.class,
                                            Reply.class,
                                            SampleWorker::greet)));

    private static Reply greet(Greeting greeting) {
        if (greeting.times() > 3) {
            return new Refusal("too often");
        }
        List<String> words = new ArrayList<>();
        for (int i = 0; i < greeting.times(); i++) {
            words.add("hello " + greeting.name());
        }
        return new Said(words);
    }

    private static final dev.flowir.ir.Body.Using<Notes, JsonValue, JsonValue> NOTES =
            (notes, in, ctx) -> {
                List<JsonValue> lines = new ArrayList<>();
                notes.all().forEach(line -> lines.add(JsonValue.text(line)));
                return new JsonValue.Arr(lines);
            };

    /** Needs a binding that the suite takes out of the configuration. */
    private static final CapabilityProvider UNBOUND_NOTES =
            new EdgeProvider(
                    new EdgeManifest.Binding(EdgeManifest.Kind.KV, "nowhere", "nowhere"),
                    Notes.inMemory("nowhere"));

    private static final WriteToken<Notes> UNBOUND =
            WriteToken.of("kv", "nowhere", Notes.class, "resource::kv::write", "resource::kv");

    private static final dev.flowir.ir.Body.Using<Notes, JsonValue, JsonValue> NEVER =
            (notes, in, ctx) -> in;

    /** Waits for ever, and says how that ended. */
    private static final Node<JsonValue, JsonValue> WAITS =
            Node.effect(
                    "waits",
                    JSON,
                    JSON,
                    Notes.TOKEN,
                    (notes, in, ctx) -> {
                        Object never = new Object();
                        synchronized (never) {
                            while (!ctx.cancelled()) {
                                never.wait(FOR_EVER_MILLIS);
                            }
                        }
                        notes.add("never");
                        return in;
                    });

    /** Computes for ever, politely. */
    private static final Node<JsonValue, JsonValue> SPINS =
            Node.effect(
                    "spins",
                    JSON,
                    JSON,
                    Notes.TOKEN,
                    (notes, in, ctx) -> {
                        while (!ctx.cancelled()) {
                            ctx.checkpoint();
                        }
                        return in;
                    });

    private static final Flow<JsonValue, JsonValue> ORDER =
            Flow.define(
                    "order",
                    "1.0.0",
                    JSON,
                    (g, in) -> {
                        var priced =
                                g.then(in, Node.pure("price", JSON, JSON, SampleWorker::price));
                        var stored =
                                g.then(
                                        priced,
                                        Node.effect(
                                                "store",
                                                JSON,
                                                JSON,
                                                Notes.TOKEN,
                                                (notes, order, ctx) -> {
                                                    notes.add("order by " + ctx.node());
                                                    return order;
                                                }));
                        return g.then(
                                stored, Node.pure("receipt", JSON, JSON, SampleWorker::receipt));
                    });

    private static final Flow<JsonValue, ItemStream<JsonValue>> TICKS =
            Flow.define(
                    "ticks",
                    "1.0.0",
                    JSON,
                    (g, in) ->
                            g.then(
                                    in,
                                    Node.streams(
                                            "ticks",
                                            JSON,
                                            JSON,
                                            (input, out, ctx) -> {
                                                for (int i = 1; i <= 3; i++) {
                                                    out.emit(JsonValue.number(i));
                                                }
                                            })));

    private static Flow<JsonValue, JsonValue> one(Node<JsonValue, JsonValue> node) {
        return Flow.define(node.name(), "1.0.0", JSON, (g, in) -> g.then(in, node));
    }

    private static JsonValue fail(JsonValue in) {
        throw new IllegalStateException("a secret: " + in);
    }

    private static JsonValue price(JsonValue in) {
        return with(in, "total", JsonValue.number(42));
    }

    private static JsonValue receipt(JsonValue in) {
        return with(in, "receipt", JsonValue.text("r-1"));
    }

    private static JsonValue with(JsonValue in, String name, JsonValue value) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        if (in instanceof JsonValue.Obj object) {
            members.putAll(object.members());
        }
        members.put(name, value);
        return new JsonValue.Obj(members);
    }
}
