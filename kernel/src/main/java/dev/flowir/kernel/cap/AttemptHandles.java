package dev.flowir.kernel.cap;

import dev.flowir.ir.Handles;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.Token;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The handles of one attempt, for drivers: each is made when the body first asks for it, and told
 * when the body is over. Not thread-safe: a body asks on its own thread.
 */
public final class AttemptHandles implements Handles {

    private final NodeContext attempt;
    private final Fence fence;
    private final Function<Token<?>, Optional<CapabilityProvider>> declared;
    private final Map<Token<?>, Object> handles = new LinkedHashMap<>();

    /**
     * No handles yet.
     *
     * @param attempt whose handles they are; asked for its node each time one is made
     * @param fence whether the attempt still counts
     * @param declared the provider of a token that the node declared; empty for other tokens
     */
    public AttemptHandles(
            NodeContext attempt,
            Fence fence,
            Function<Token<?>, Optional<CapabilityProvider>> declared) {
        this.attempt = attempt;
        this.fence = fence;
        this.declared = declared;
    }

    @Override
    public <H> H get(Token<H> token) {
        Object known = handles.get(token);
        if (known == null) {
            CapabilityProvider provider =
                    declared.apply(token)
                            .orElseThrow(() ->
                                    new IllegalArgumentException(
                                            "node '"
                                                    + attempt.node()
                                                    + "' did not declare "
                                                    + token));
            Scope scope =
                    new Scope(
                            attempt.flow(),
                            attempt.runId(),
                            attempt.node(),
                            attempt.attempt(),
                            attempt.idempotencyKey(),
                            fence);
            known = provider.handle(token, scope);
            handles.put(token, known);
        }
        return token.handle().cast(known);
    }

    /**
     * The body is over: tells each handle that holds something.
     *
     * @param failed what a handle threw; the others are told all the same
     */
    public void attemptEnded(Consumer<Throwable> failed) {
        for (Object handle : handles.values()) {
            if (handle instanceof ScopedHandle scoped) {
                try {
                    scoped.attemptEnded();
                } catch (RuntimeException | Error thrown) {
                    failed.accept(thrown);
                }
            }
        }
    }
}
