package dev.flowir.http.tool;

import dev.flowir.http.HttpEndpoint;
import dev.flowir.http.HttpException;
import dev.flowir.http.HttpWrite;
import dev.flowir.kernel.cap.Scope;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One agreement for the attempts of many threads. Thread-safe. */
final class SharedSession extends Session {

    private static final Logger LOG = LoggerFactory.getLogger(SharedSession.class);

    /** How long a server is waited for that is told of an end. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final AtomicLong ids = new AtomicLong();
    private final ReentrantLock agreeing = new ReentrantLock();

    @Override
    long nextId() {
        return ids.incrementAndGet();
    }

    /** What is agreed; one attempt agrees, others wait no longer than their runs may. */
    @Override
    Agreed agreed(Handshake handshake, OptionalLong remainingNanos) {
        if (current().isPresent()) {
            return current().get();
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
            return super.agreed(handshake, remainingNanos);
        } finally {
            agreeing.unlock();
        }
    }

    @Override
    void forget(Agreed forgotten) {
        agreeing.lock();
        try {
            super.forget(forgotten);
        } finally {
            agreeing.unlock();
        }
    }

    /** By another thread: this one is interrupted, or its run is over. */
    @Override
    void tellApart(HttpEndpoint endpoint, HttpWrite call) {
        Thread.ofVirtual().name("flowir-tool-cancel").start(() -> tell(endpoint, call));
    }

    @Override
    void tell(HttpEndpoint endpoint, HttpWrite call) {
        try {
            endpoint.writer(Scope.outside("tool")).send(call.within(FAREWELL));
        } catch (HttpException e) {
            LOG.debug("the server was not told: {}", e.getMessage());
        }
    }
}
