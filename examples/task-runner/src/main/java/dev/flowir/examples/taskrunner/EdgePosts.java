package dev.flowir.examples.taskrunner;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.wasm.EdgeBindings;
import dev.flowir.wasm.EdgeGuard;
import java.time.Duration;
import java.util.List;

/**
 * Who may post at the edge, and how often, as on a JVM.
 *
 * @param limit posts of a client in 10 seconds
 * @param token whether a token is asked for
 */
record EdgePosts(int limit, boolean token) {

    /** Anybody, 100 times in 10 seconds. */
    static final EdgePosts OPEN = new EdgePosts(100, false);

    /** The same for who has the token. */
    static final EdgePosts GUARDED = new EdgePosts(OPEN.limit(), true);

    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final String LIMIT = "task-runner-posts-dev";
    private static final String VAULT = "task-runner-secrets-dev";

    /** The platform's secret {@code API_TOKEN}. */
    private static final String TOKEN = "api.token";

    CapabilityProvider[] bindings() {
        CapabilityProvider posts = EdgeBindings.rateLimit(LIMIT, "POSTS", limit, WINDOW);
        return token
                ? new CapabilityProvider[] {posts, EdgeBindings.secrets(VAULT, TOKEN)}
                : new CapabilityProvider[] {posts};
    }

    /** Of those who post a task: who has no token takes no permit. */
    List<EdgeGuard> create() {
        EdgeGuard pace = EdgeGuard.rateLimit(LIMIT);
        return token ? List.of(EdgeGuard.bearer(VAULT, TOKEN), pace) : List.of(pace);
    }

    /** Of those who send a dead letter again. */
    List<EdgeGuard> redrive() {
        return token ? List.of(EdgeGuard.bearer(VAULT, TOKEN)) : List.of();
    }
}
