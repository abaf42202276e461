package dev.flowir.http;

import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The body of a reply as it comes in: one piece is held at a time, the next is asked for when it is
 * read. Waits no longer than the call may, and counts.
 */
final class ReplyBody extends InputStream implements BodySubscriber<ReplyBody> {

    /** What the connection brings. */
    private sealed interface Piece {
        record Bytes(List<ByteBuffer> buffers) implements Piece {}

        record End() implements Piece {}

        record Broken(Throwable cause) implements Piece {}
    }

    /** What can happen to a body after its headers. */
    interface Watch {
        /** The service let the call down. */
        void broken();

        /** The service did its part. */
        void answered();

        /** No more is read; called once. */
        void over();
    }

    private final CallContext call;
    private final long maxBytes;
    private final Watch watch;
    // one piece and the end: more is never asked for
    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private volatile Optional<Flow.Subscription> source = Optional.empty();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Queue<ByteBuffer> held = new ArrayDeque<>();
    private long count;
    private boolean ended;
    private volatile boolean judgedGood;

    ReplyBody(CallContext call, long maxBytes, Watch watch) {
        this.call = call;
        this.maxBytes = maxBytes;
        this.watch = watch;
    }

    @Override
    public CompletionStage<ReplyBody> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        source = Optional.of(subscription);
        if (over.get()) {
            subscription.cancel();
        } else {
            subscription.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        pieces.add(new Piece.Bytes(buffers));
    }

    @Override
    public void onError(Throwable cause) {
        pieces.add(new Piece.Broken(cause));
    }

    @Override
    public void onComplete() {
        pieces.add(new Piece.End());
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
        source.ifPresent(Flow.Subscription::cancel);
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        ByteBuffer first = held.element();
        int taken = Math.min(length, first.remaining());
        first.get(into, offset, taken);
        return taken;
    }

    /** Waits until a byte is held; false when there are no more. */
    private boolean fill() {
        while (true) {
            while (!held.isEmpty() && !held.element().hasRemaining()) {
                held.remove();
                if (held.isEmpty() && !ended) {
                    source.ifPresent(subscription -> subscription.request(1));
                }
            }
            if (!held.isEmpty()) {
                return true;
            }
            if (ended) {
                return false;
            }
            if (over.get()) {
                throw call.failed(HttpFault.CANCELLED, "the body was closed before it was read");
            }
            switch (await()) {
                case Piece.Bytes bytes -> hold(bytes.buffers());
                case Piece.End end -> {
                    ended = true;
                    finish();
                }
                case Piece.Broken broken -> {
                    watch.broken();
                    close();
                    throw call.broken(broken.cause());
                }
            }
        }
    }

    private void hold(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            count += buffer.remaining();
            held.add(buffer);
        }
        if (count > maxBytes) {
            close();
            throw call.tooLarge(maxBytes);
        }
    }

    private Piece await() {
        CallContext.Limit limit = call.shortest(call.timeouts().idle(), HttpFault.IDLE_TIMEOUT);
        try {
            Piece piece = pieces.poll(limit.nanos(), TimeUnit.NANOSECONDS);
            if (piece != null) {
                return piece;
            }
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw call.failed(HttpFault.CANCELLED, "given up while the reply was read");
        }
        if (limit.fault() != HttpFault.DEADLINE) {
            watch.broken();
        }
        close();
        throw call.timedOut(limit, count + " bytes of the reply's body had come");
    }

    /** Gives the connection up unless the body was read to its end. */
    @Override
    public void close() {
        if (finish()) {
            source.ifPresent(Flow.Subscription::cancel);
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
