package dev.flowir.testing;

import dev.flowir.ir.Body;
import dev.flowir.ir.Flow;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeOption;
import dev.flowir.ir.SlowConsumer;
import dev.flowir.ir.WriteToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The flows that {@link HostContract} asks for, the same on every host: they use nothing that one
 * of them lacks. A host serves {@link #routes()} and binds {@link HostNotes#inMemory()}.
 */
public final class HostFlows {

    private static final Class<JsonValue> JSON = JsonValue.class;
    private static final long FOR_EVER_MILLIS = 3_600_000;
    private static final Duration SHORT = Duration.ofMillis(50);

    private HostFlows() {}

    /** {@return every route, in an order of no meaning} */
    public static List<HostRoute> routes() {
        return List.of(
                HostRoute.of("POST", "/echo", ECHO),
                HostRoute.of("PUT", "/echo", ECHO),
                HostRoute.of("POST", "/small", ECHO).maxBody(8),
                HostRoute.of("POST", "/empty", ECHO).emptyBody("{}"),
                HostRoute.of("GET", "/parameters/{id}", ECHO),
                HostRoute.of("DELETE", "/parameters/{id}", ECHO),
                HostRoute.of(
                        "GET",
                        "/parameters/fixed",
                        one(Node.pure("fixed", JSON, JSON, in -> JsonValue.text("fixed")))),
                HostRoute.of("POST", "/greet", GREET),
                HostRoute.of("POST", "/greet/{name}", GREET).status(Refusal.class, 422),
                HostRoute.of("POST", "/judged", GREET).status(Refusal.class, 422),
                HostRoute.of("POST", "/order", ORDER),
                HostRoute.of("POST", "/fails", FAILS),
                HostRoute.of("POST", "/flaky", FLAKY),
                HostRoute.of("POST", "/waits", one(WAITS)),
                HostRoute.of("POST", "/hurried", one(WAITS)).deadline(SHORT),
                HostRoute.of("POST", "/slow", one(WAITS.with(NodeOption.timeout(SHORT)))),
                HostRoute.of("POST", "/spins", one(SPINS.with(NodeOption.timeout(SHORT)))),
                HostRoute.of(
                        "POST",
                        "/unbound",
                        one(Node.effect("never", JSON, JSON, UNBOUND, (notes, in, ctx) -> in))),
                HostRoute.of("GET", "/ticks", ticks("ticks", 3)),
                HostRoute.of("GET", "/none", ticks("none", 0)),
                HostRoute.of("GET", "/breaks", BREAKS),
                HostRoute.of("GET", "/endless", ENDLESS),
                HostRoute.of(
                        "GET",
                        "/flood",
                        flood("flood", NodeOption.slowConsumer(SlowConsumer.disconnect(16)))),
                HostRoute.of(
                        "GET",
                        "/latest",
                        flood("latest", NodeOption.slowConsumer(SlowConsumer.conflate()))),
                HostRoute.of(
                        "GET",
                        "/notes",
                        one(Node.effect(HostNotes.READER, JSON, JSON, HostNotes.TOKEN, NOTES))));
    }

    /**
     * Whom to greet how often.
     *
     * @param name who
     * @param times at most 3
     */
    public record Greeting(String name, int times) {}

    /** What came of it. */
    public sealed interface Reply {}

    /**
     * It was said.
     *
     * @param words what, each time
     */
    public record Said(List<String> words) implements Reply {}

    /**
     * It was not.
     *
     * @param why why not
     */
    public record Refusal(String why) implements Reply {}

    static final Flow<JsonValue, JsonValue> ECHO = one(Node.pure("echo", JSON, JSON, in -> in));

    static final Flow<JsonValue, JsonValue> FAILS =
            one(Node.pure("boom", JSON, JSON, HostFlows::fail));

    static final Flow<Greeting, Reply> GREET =
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
                                            HostFlows::greet)));

    private static final Flow<JsonValue, JsonValue> ORDER =
            Flow.define(
                    "order",
                    "1.0.0",
                    JSON,
                    (g, in) -> {
                        var priced =
                                g.then(
                                        in,
                                        Node.pure(
                                                "price",
                                                JSON,
                                                JSON,
                                                it -> with(it, "total", JsonValue.number(42))));
                        var stored =
                                g.then(
                                        priced,
                                        Node.effect(
                                                "store",
                                                JSON,
                                                JSON,
                                                HostNotes.TOKEN,
                                                (notes, it, ctx) -> {
                                                    notes.add("order by " + ctx.node());
                                                    return it;
                                                }));
                        return g.then(
                                stored,
                                Node.pure(
                                        "receipt",
                                        JSON,
                                        JSON,
                                        it -> with(it, "receipt", JsonValue.text("r-1"))));
                    });

    /** Fails in its first attempt. */
    private static final Flow<JsonValue, JsonValue> FLAKY =
            one(
                    Node.effect(
                                    "flaky",
                                    JSON,
                                    JSON,
                                    HostNotes.TOKEN,
                                    (notes, in, ctx) -> {
                                        notes.add("attempt " + ctx.attempt());
                                        if (ctx.attempt() == 1) {
                                            throw new IllegalStateException("not yet");
                                        }
                                        return JsonValue.number(ctx.attempt());
                                    })
                            .with(
                                    NodeOption.retry(2, Duration.ofMillis(1)),
                                    NodeOption.idempotent("flaky", Duration.ofMinutes(1))));

    /** Waits for ever, and says how that ended. */
    static final Node<JsonValue, JsonValue> WAITS =
            Node.effect(
                    "waits",
                    JSON,
                    JSON,
                    HostNotes.TOKEN,
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
                    HostNotes.TOKEN,
                    (notes, in, ctx) -> {
                        while (!ctx.cancelled()) {
                            ctx.checkpoint();
                        }
                        notes.add("never");
                        return in;
                    });

    /** A capability that no host has. */
    private static final WriteToken<HostNotes> UNBOUND =
            WriteToken.of("kv", "nowhere", HostNotes.class, "resource::kv::write", "resource::kv");

    private static final Body.Using<HostNotes, JsonValue, JsonValue> NOTES =
            (notes, in, ctx) -> {
                List<JsonValue> lines = new ArrayList<>();
                notes.all().forEach(line -> lines.add(JsonValue.text(line)));
                return new JsonValue.Arr(lines);
            };

    private static final Flow<JsonValue, ItemStream<JsonValue>> BREAKS =
            stream(
                    Node.streams(
                            "breaks",
                            JSON,
                            JSON,
                            (in, out, ctx) -> {
                                out.emit(JsonValue.number(1));
                                throw new IllegalStateException("a secret");
                            }));

    /** Gives numbers for as long as somebody listens. */
    private static final Flow<JsonValue, ItemStream<JsonValue>> ENDLESS =
            stream(
                    Node.streams(
                            "endless",
                            JSON,
                            JSON,
                            HostNotes.TOKEN,
                            (notes, in, out, ctx) -> {
                                for (int i = 1; ; i++) {
                                    out.emit(JsonValue.number(i));
                                }
                            }));

    /** Items of a flood that are made before it says so: 128 MiB, more than sockets hold. */
    static final int MANY = 256;

    private static final int PADDING = 512 * 1024;

    /**
     * What the rules of slow clients must notice: their flow, with a producer that waits.
     *
     * @param name of the flow
     * @return the flow
     */
    public static Flow<JsonValue, ItemStream<JsonValue>> waiting(String name) {
        return flood(name);
    }

    /** Gives large items, one each millisecond, whether anybody takes them or not. */
    private static Flow<JsonValue, ItemStream<JsonValue>> flood(
            String name, NodeOption... options) {
        return stream(
                Node.<HostNotes, JsonValue, JsonValue>streams(
                                name,
                                JSON,
                                JSON,
                                HostNotes.TOKEN,
                                (notes, in, out, ctx) -> {
                                    String padding = "x".repeat(PADDING);
                                    Object never = new Object();
                                    for (int i = 1; ; i++) {
                                        Map<String, JsonValue> item = new LinkedHashMap<>();
                                        item.put(i > MANY ? "late" : "n", JsonValue.number(i));
                                        item.put("padding", JsonValue.text(padding));
                                        out.emit(new JsonValue.Obj(item));
                                        if (i == MANY) {
                                            notes.add("many: " + name);
                                        }
                                        synchronized (never) {
                                            never.wait(1);
                                        }
                                    }
                                })
                        .with(options));
    }

    private static Flow<JsonValue, ItemStream<JsonValue>> ticks(String name, int items) {
        return stream(
                Node.streams(
                        name,
                        JSON,
                        JSON,
                        (in, out, ctx) -> {
                            for (int i = 1; i <= items; i++) {
                                out.emit(JsonValue.number(i));
                            }
                        }));
    }

    private static Flow<JsonValue, ItemStream<JsonValue>> stream(
            Node<JsonValue, ItemStream<JsonValue>> node) {
        return Flow.define(node.name(), "1.0.0", JSON, (g, in) -> g.then(in, node));
    }

    static Flow<JsonValue, JsonValue> one(Node<JsonValue, JsonValue> node) {
        return Flow.define(node.name(), "1.0.0", JSON, (g, in) -> g.then(in, node));
    }

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

    private static JsonValue fail(JsonValue in) {
        throw new IllegalStateException("a secret: " + in);
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
