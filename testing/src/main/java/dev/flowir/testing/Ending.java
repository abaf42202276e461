package dev.flowir.testing;

import dev.flowir.ir.NodeContext;
import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Scope;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * An attempt of a run that ends.
 *
 * @param endNanos when, by {@link System#nanoTime()}
 */
record Ending(long endNanos) implements NodeContext {

    /** Its scope. */
    static Scope in(Duration time) {
        return Scope.of(new Ending(System.nanoTime() + time.toNanos()), Fence.open());
    }

    @Override
    public String runId() {
        return "run";
    }

    @Override
    public String flow() {
        return "flow";
    }

    @Override
    public String node() {
        return "node";
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public String idempotencyKey() {
        return "key";
    }

    @Override
    public boolean cancelled() {
        return false;
    }

    @Override
    public void checkpoint() {}

    @Override
    public OptionalLong remainingNanos() {
        return OptionalLong.of(endNanos - System.nanoTime());
    }
}
