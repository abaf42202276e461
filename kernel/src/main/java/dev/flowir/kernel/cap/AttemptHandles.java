package dev.flowir.kernel.cap;

import dev.flowir.ir.Handles;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.Token;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The handles of one attempt, for drivers: each is made when the body first asks for it, and told
 * when the body is over. Not thread-safe: a body asks on its own thread.
 */
public final class AttemptHandles implements Handles {

    private final NodeContext attempt;
    private final Fence fence;
    private final Function<Token<?>, Optional<CapabilityProvider>> declared;

    /** Most attempts have one handle; only more of them need a table. */
    private @Nullable Token<?> firstToken;

    private @Nullable Object first;
    private Map<Token<?>, Object> others = Map.of();

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
        boolean again = firstToken != null && firstToken.equals(token);
        Object known = again ? first : others.get(token);
        return token.handle().cast(known == null ? make(token) : known);
    }

    private Object make(Token<?> token) {
        CapabilityProvider provider =
                declared.apply(token)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "node '" + attempt.node() + "' did not declare " + token));
        Object made = provider.handle(token, Scope.of(attempt, fence));
        if (firstToken == null) {
            firstToken = token;
            first = made;
        } else {
            others = others.isEmpty() ? new LinkedHashMap<>() : others;
            others.put(token, made);
        }
        return made;
    }

    /**
     * The body is over: tells each handle that holds something.
     *
     * @param failed what a handle threw; the others are told all the same
     */
    public void attemptEnded(Consumer<Throwable> failed) {
        if (first != null) {
            tell(first, failed);
        }
        for (Object handle : others.values()) {
            tell(handle, failed);
        }
    }

    private static void tell(Object handle, Consumer<Throwable> failed) {
        if (handle instanceof ScopedHandle scoped) {
            try {
                scoped.attemptEnded();
            } catch (RuntimeException | Error thrown) {
                failed.accept(thrown);
            }
        }
    }
}
