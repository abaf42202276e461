package dev.flowir.limit;

import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import java.time.Duration;
import java.util.Set;

/**
 * Permits by windows of time that something else counts, bound under one name: a provider of {@link
 * Limits}' tokens that has no buckets. So many permits come in each window, all at once; nobody is
 * told how many are left, or when the window ends. Therefore nobody waits here, one permit is taken
 * at a time, and who is refused is told to come again after a whole window. Thread-safe when the
 * remote is.
 *
 * @param kind for example {@code rate.edge}
 * @param binding name that tokens ask for
 * @param window how long one is
 * @param remote who counts
 * @param descriptor what that promises
 */
public record WindowLimits(
        String kind, String binding, Duration window, WindowRemote remote, Descriptor descriptor)
        implements CapabilityProvider {

    private static final Set<String> HINTS = Set.of(Limits.TAKE_HINT);

    /** Refuses windows of no time. */
    public WindowLimits {
        if (window.isZero() || window.isNegative()) {
            throw new IllegalArgumentException("a window is longer than nothing, got " + window);
        }
    }

    @Override
    public Set<String> hints() {
        return HINTS;
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        return token.handle().cast(new WindowTaking(window, remote, scope.fence()));
    }
}
