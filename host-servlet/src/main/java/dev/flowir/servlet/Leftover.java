package dev.flowir.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of a refused request: taken and thrown away within bounds, and only then is the request
 * answered. Answered before, the container would cut the connection, and a client that is busy
 * sending, or sends its next request, would see a reset in place of an answer. Reading on after the
 * answer is no way: Tomcat closes the input when the output is complete.
 */
final class Leftover implements ReadListener {

    /** How it ended. */
    enum End {
        /** All of it came: the connection is good for another request. */
        WHOLE,
        /** Some of it may come still: the connection is of no more use. */
        CUT
    }

    private static final Logger LOG = LoggerFactory.getLogger(FlowServlet.class);

    private static final int CHUNK_BYTES = 8 * 1024;

    private final ServletInputStream in;
    private final Consumer<End> atEnd;
    private final AtomicBoolean done = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile long discardedBytes;

    /** Throws {@code in} away and then says, once, how it ended. */
    Leftover(ServletInputStream in, Consumer<End> atEnd) {
        this.in = in;
        this.atEnd = atEnd;
    }

    /** Whether bytes of the body may be on their way. */
    static boolean mayFollow(HttpServletRequest request) {
        long declaredBytes = request.getContentLengthLong();
        return declaredBytes < 0
                ? !request.getProtocol().startsWith("HTTP/1.")
                        || request.getHeader("Transfer-Encoding") != null
                : declaredBytes > 0;
    }

    /** Whether to wait for the body: not when it is too much, or when its client asks first. */
    static boolean isWorthWaiting(HttpServletRequest request) {
        return request.getContentLengthLong() <= HostLimits.MAX_DISCARDED_BYTES
                && request.getHeader("Expect") == null;
    }

    /** Throws the body of an asynchronous request away, for at most {@code limit}. */
    static void discard(HttpServletRequest request, Duration limit, Consumer<End> atEnd)
            throws IOException {
        Leftover rest = new Leftover(request.getInputStream(), atEnd);
        request.getInputStream().setReadListener(rest);
        rest.endWithin(limit);
    }

    /** Ends it when {@code limit} is over, or nothing came for a while: its client waits for us. */
    void endWithin(Duration limit) {
        Thread.ofVirtual().name("flow-http-leftover").start(() -> watch(limit));
    }

    private void watch(Duration limit) {
        long endNanos = System.nanoTime() + limit.toNanos();
        long silenceNanos = HostLimits.DISCARD_SILENCE.toNanos();
        long seenBytes = -1;
        try {
            while (seenBytes < discardedBytes && endNanos - System.nanoTime() > 0) {
                seenBytes = discardedBytes;
                long waitNanos = Math.min(silenceNanos, endNanos - System.nanoTime());
                if (ended.await(waitNanos, TimeUnit.NANOSECONDS)) {
                    return;
                }
            }
            end(End.CUT);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // a container calls it one at a time
    public void onDataAvailable() {
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            while (discardedBytes <= HostLimits.MAX_DISCARDED_BYTES && in.isReady()) {
                int count = in.read(chunk);
                if (count < 0) {
                    return;
                }
                discardedBytes += count;
            }
        } catch (IOException broken) {
            onError(broken);
        }
        if (discardedBytes > HostLimits.MAX_DISCARDED_BYTES) {
            end(End.CUT);
        }
    }

    @Override
    public void onAllDataRead() {
        end(End.WHOLE);
    }

    @Override
    public void onError(Throwable cause) {
        LOG.trace("the rest of a body is broken", cause);
        end(End.CUT);
    }

    private void end(End how) {
        if (done.compareAndSet(false, true)) {
            ended.countDown();
            atEnd.accept(how);
        }
    }
}
