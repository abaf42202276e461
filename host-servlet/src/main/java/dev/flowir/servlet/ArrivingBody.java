package dev.flowir.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A request's body as a stream for one virtual thread, which waits for it while no thread of the
 * container does. Only the container's threads read, as it calls them: on Tomcat a body stood still
 * when another one did. Up to 128 KiB wait for whoever reads; when they are full the container's
 * thread waits until some are taken, and what is not read yet stays with the client.
 */
final class ArrivingBody extends InputStream implements ReadListener {

    /** Nothing came for too long, or all of it took too long. */
    static final class Slow extends IOException {
        private static final long serialVersionUID = 1;

        Slow() {
            super("the body is too slow");
        }
    }

    private static final int BUFFER_BYTES = 128 * 1024;
    private static final int CHUNK_BYTES = 8 * 1024;

    private final ServletInputStream in;
    private final long silenceNanos;
    private final long endNanos;

    /** Guards all below, and each use of {@link #in}. */
    private final ReentrantLock gate = new ReentrantLock();

    private final Condition filled = gate.newCondition();
    private final Condition taken = gate.newCondition();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int pos;
    private int end;
    private boolean ended;
    private @Nullable IOException failure;

    /**
     * A body.
     *
     * @param silence longest time without a byte
     * @param within time for all of it
     */
    ArrivingBody(ServletInputStream in, Duration silence, Duration within) {
        this.in = in;
        this.silenceNanos = silence.toNanos();
        this.endNanos = System.nanoTime() + within.toNanos();
    }

    @Override
    public void onDataAvailable() {
        gate.lock();
        try {
            while (hasRoom() && in.isReady()) {
                int count = in.read(buffer, end, buffer.length - end);
                if (count < 0) {
                    return;
                }
                end += count;
                filled.signal();
            }
        } catch (IOException broken) {
            fail(broken);
        } finally {
            gate.unlock();
        }
    }

    /** Waits until there is; false when nobody reads any more. */
    private boolean hasRoom() {
        while (failure == null && pos == 0 && end == buffer.length) {
            taken.awaitUninterruptibly();
        }
        if (end == buffer.length) {
            System.arraycopy(buffer, pos, buffer, 0, end - pos);
            end -= pos;
            pos = 0;
        }
        return failure == null;
    }

    @Override
    public void onAllDataRead() {
        gate.lock();
        try {
            ended = true;
            filled.signal();
        } finally {
            gate.unlock();
        }
    }

    @Override
    public void onError(Throwable cause) {
        fail(cause instanceof IOException broken ? broken : new IOException(cause));
    }

    /** Whoever reads is told that nobody wants it; when this returns the request is left alone. */
    void stop(String reason) {
        fail(new IOException(reason));
    }

    private void fail(IOException cause) {
        gate.lock();
        try {
            if (failure == null) {
                failure = cause;
            }
            filled.signal();
            taken.signal();
        } finally {
            gate.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        return length == 0 ? 0 : read(into, offset, length, silenceNanos, endNanos);
    }

    private int read(byte[] into, int offset, int length, long mostSilenceNanos, long untilNanos)
            throws IOException {
        gate.lock();
        try {
            long leftNanos = Math.min(mostSilenceNanos, untilNanos - System.nanoTime());
            while (failure == null && pos == end && !ended) {
                if (leftNanos <= 0) {
                    throw new Slow();
                }
                leftNanos = filled.awaitNanos(leftNanos);
            }
            IOException broken = failure;
            if (broken != null) {
                throw broken;
            }
            if (pos == end) {
                return -1;
            }
            int count = Math.min(length, end - pos);
            System.arraycopy(buffer, pos, into, offset, count);
            pos += count;
            taken.signal();
            return count;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the body came");
        } finally {
            gate.unlock();
        }
    }

    /** Throws the rest away within the bounds of {@link Leftover}, and says how that ended. */
    Leftover.End discard(Duration limit) {
        long untilNanos = System.nanoTime() + limit.toNanos();
        byte[] chunk = new byte[CHUNK_BYTES];
        long discardedBytes = 0;
        try {
            while (discardedBytes <= HostLimits.MAX_DISCARDED_BYTES) {
                int count =
                        read(
                                chunk,
                                0,
                                chunk.length,
                                HostLimits.DISCARD_SILENCE.toNanos(),
                                untilNanos);
                if (count < 0) {
                    return Leftover.End.WHOLE;
                }
                discardedBytes += count;
            }
        } catch (IOException cut) {
            return Leftover.End.CUT;
        }
        return Leftover.End.CUT;
    }
}
