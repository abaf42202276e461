package dev.flowir.cache;

import dev.flowir.kernel.cap.Scope;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An answer, or somebody at work on it. */
final class Flight extends CompletableFuture<Object> {

    /** Null when it is over: an answer that is kept must not keep a run. */
    private volatile @Nullable Scope leader;

    Flight(Scope leader) {
        this.leader = leader;
    }

    /** The work is over. */
    void landed() {
        leader = null;
    }

    @SuppressWarnings("ReferenceEquality") // this very attempt
    boolean isLedBy(Scope scope) {
        return leader == scope;
    }

    /** The attempt that works on it was given up: it may never end. */
    boolean isLost() {
        Scope working = leader;
        return working != null && !working.fence().isCurrent();
    }
}
