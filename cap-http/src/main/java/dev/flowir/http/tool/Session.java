package dev.flowir.http.tool;

import dev.flowir.kernel.cap.Secret;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** What is agreed with a server, for all attempts. Thread-safe. */
final class Session {

    /**
     * An agreement.
     *
     * @param version of the protocol
     * @param id what the server knows the session by; empty when it keeps none
     */
    record Agreed(String version, Optional<Secret> id) {}

    /** Agrees with the server. */
    interface Handshake {
        Agreed agree();
    }

    private final AtomicLong ids = new AtomicLong();
    private final ReentrantLock agreeing = new ReentrantLock();
    private volatile Optional<Agreed> current = Optional.empty();

    long nextId() {
        return ids.incrementAndGet();
    }

    Optional<Agreed> current() {
        return current;
    }

    /** What is agreed; one attempt agrees, others wait no longer than their runs may. */
    Agreed agreed(Handshake handshake, OptionalLong remainingNanos) {
        Optional<Agreed> known = current;
        if (known.isPresent()) {
            return known.get();
        }
        try {
            if (!agreeing.tryLock(remainingNanos.orElse(Long.MAX_VALUE), TimeUnit.NANOSECONDS)) {
                throw new ToolException(
                        ToolFault.CANCELLED, "the run's deadline passed before the session began");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolException(ToolFault.CANCELLED, "given up before the session began");
        }
        try {
            Agreed agreed = current.orElseGet(handshake::agree);
            current = Optional.of(agreed);
            return agreed;
        } finally {
            agreeing.unlock();
        }
    }

    /** The server has forgotten this agreement. */
    void forget(Agreed forgotten) {
        agreeing.lock();
        try {
            current = current.filter(agreed -> !agreed.equals(forgotten));
        } finally {
            agreeing.unlock();
        }
    }
}
