package dev.flowir.http;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The body of a reply as it comes in: one piece is held at a time, the next is asked for when it is
 * read. Waits no longer than the call may, and counts.
 */
final class ReplyBody extends InputStream {

    /** What can happen to a body after its headers. */
    interface Watch {
        /** The service let the call down. */
        void broken();

        /** The service did its part. */
        void answered();

        /** No more is read; called once. */
        void over();
    }

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final CallContext call;
    private final HttpRemote.Body source;
    private final long maxBytes;
    private final Watch watch;
    private final AtomicBoolean over = new AtomicBoolean();
    private ByteBuffer held = NOTHING;
    private long count;
    private boolean ended;
    private volatile boolean judgedGood;

    ReplyBody(CallContext call, HttpRemote.Body source, long maxBytes, Watch watch) {
        this.call = call;
        this.source = source;
        this.maxBytes = maxBytes;
        this.watch = watch;
    }

    /** Refuses the body at once when it is announced to be too large. */
    void expect(long announced) {
        if (announced > maxBytes) {
            close();
            throw call.tooLarge(maxBytes);
        }
    }

    /** Tells whether the status is the service's fault; the body can still break. */
    void judge(boolean good) {
        judgedGood = good;
        if (!good) {
            watch.broken();
        }
    }

    /** Gives the body up and keeps its place, for the next call of a redirect. */
    void abandon() {
        over.set(true);
        source.close();
    }

    @Override
    public int read() {
        return fill() ? held.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int taken = Math.min(length, held.remaining());
        held.get(into, offset, taken);
        return taken;
    }

    /** Waits until a byte is held; false when there are no more. */
    private boolean fill() {
        while (!held.hasRemaining()) {
            if (ended) {
                return false;
            }
            if (over.get()) {
                throw call.failed(HttpFault.CANCELLED, "the body was closed before it was read");
            }
            Optional<ByteBuffer> piece = await();
            if (piece.isPresent()) {
                hold(piece.get());
            } else {
                ended = true;
                finish();
            }
        }
        return true;
    }

    private void hold(ByteBuffer piece) {
        count += piece.remaining();
        held = piece;
        if (count > maxBytes) {
            close();
            throw call.tooLarge(maxBytes);
        }
    }

    private Optional<ByteBuffer> await() {
        CallContext.Limit limit = call.shortest(call.timeouts().idle(), HttpFault.IDLE_TIMEOUT);
        try {
            return source.next(Duration.ofNanos(limit.nanos()));
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw call.failed(HttpFault.CANCELLED, "given up while the reply was read");
        } catch (HttpRemote.Trouble trouble) {
            if (trouble.fault().isPresent() || limit.fault() != HttpFault.DEADLINE) {
                watch.broken();
            }
            close();
            throw call.told(trouble, limit, count + " bytes of the reply's body had come");
        }
    }

    /** Gives the connection up unless the body was read to its end. */
    @Override
    public void close() {
        if (finish()) {
            source.close();
        }
    }

    boolean isOver() {
        return over.get();
    }

    private boolean finish() {
        boolean first = !over.getAndSet(true);
        if (first) {
            if (judgedGood) {
                watch.answered();
            }
            watch.over();
        }
        return first;
    }
}
