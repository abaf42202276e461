package dev.flowir.durable;

import dev.flowir.kernel.journal.RunCore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The attempts of one run that are under way in this process. Guarded by the run's lock. */
final class Attempts {

    private final Map<Long, StepAttempt> current = new HashMap<>();

    /** Those that were given up and whose body may still be at work. */
    private final List<CompletableFuture<Boolean>> leaving = new ArrayList<>();

    void add(long ticket, StepAttempt attempt) {
        current.put(ticket, attempt);
    }

    /** Forgets those that the run no longer knows. */
    void keep(RunCore core) {
        current.keySet().removeIf(ticket -> core.step(ticket).isEmpty());
    }

    void giveUp(long ticket) {
        StepAttempt attempt = current.remove(ticket);
        if (attempt != null) {
            leaving.removeIf(CompletableFuture::isDone);
            leaving.add(attempt.over());
            attempt.giveUp();
        }
    }

    void giveUpAll() {
        for (long ticket : List.copyOf(current.keySet())) {
            giveUp(ticket);
        }
    }

    /** Does something when no body is at work that was given up: nothing is undone beside one. */
    @SuppressWarnings("FutureReturnValueIgnored") // nothing that is launched throws here
    void afterOthers(Runnable action) {
        CompletableFuture.allOf(leaving.toArray(new CompletableFuture<?>[0])).thenRun(action);
    }
}
