package dev.flowir.wasm;

import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import java.time.Duration;
import java.util.List;

/** Routes with guards, and a page that the platform answers with. */
public final class GuardWorker implements EdgeApplication {

    static final int LIMIT = 3;

    private static final Class<JsonValue> JSON = JsonValue.class;

    /** For packaging. */
    public GuardWorker() {}

    private static Flow<JsonValue, JsonValue> echo(String name) {
        return Flow.define(
                name,
                "1.0.0",
                JSON,
                (g, in) -> g.then(in, Node.pure("echo", JSON, JSON, it -> it)));
    }

    /** Lets nobody pass who says that they are somebody else. */
    static final EdgeGuard HONEST =
            visit ->
                    visit.header("X-Mask").isPresent()
                            ? new EdgeVerdict.Forbidden()
                            : EdgeVerdict.allowed();

    @Override
    public EdgeRoutes routes() {
        return EdgeRoutes.none()
                .bind(
                        EdgeBindings.secrets("vault", "other"),
                        EdgeBindings.rateLimit("posts", "POSTS", LIMIT, Duration.ofSeconds(60)))
                .guarded(
                        "POST",
                        "/known",
                        echo("known"),
                        it -> it.maxBody(100),
                        List.of(EdgeGuard.bearer("vault", "other"), HONEST))
                .guarded(
                        "POST",
                        "/paced/{whose}",
                        echo("paced"),
                        it -> it.emptyBody("{}"),
                        List.of(EdgeGuard.rateLimit("posts")));
    }

    @Override
    public List<EdgePage> pages() {
        return List.of(
                new EdgePage("/", GuardWorker.class, "guard.html"),
                new EdgePage("/deep/app.js", GuardWorker.class, "guard.js"));
    }
}
