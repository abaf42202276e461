package dev.flowir.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
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

/** The body of a reply by the JDK's client: the next piece is asked for when one was taken. */
final class JdkBody implements HttpRemote.Body, BodySubscriber<JdkBody> {

    /** What the connection brings. */
    private sealed interface Piece {
        record Bytes(List<ByteBuffer> buffers) implements Piece {}

        record End() implements Piece {}

        record Broken(Throwable cause) implements Piece {}
    }

    // one piece and the end: more is never asked for
    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final Queue<ByteBuffer> held = new ArrayDeque<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Optional<Flow.Subscription> source = Optional.empty();
    private boolean taken;

    @Override
    public CompletionStage<JdkBody> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        source = Optional.of(subscription);
        if (closed.get()) {
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

    @Override
    public Optional<ByteBuffer> next(Duration limit)
            throws HttpRemote.Trouble, InterruptedException {
        while (held.isEmpty()) {
            if (taken) {
                taken = false;
                source.ifPresent(subscription -> subscription.request(1));
            }
            Piece piece = pieces.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (piece == null) {
                throw HttpRemote.Trouble.late();
            }
            switch (piece) {
                case Piece.Bytes bytes -> {
                    held.addAll(bytes.buffers());
                    taken = true;
                }
                case Piece.End end -> {
                    return Optional.empty();
                }
                case Piece.Broken broken -> throw JdkHttp.trouble(broken.cause());
            }
        }
        return Optional.of(held.remove());
    }

    @Override
    public void close() {
        closed.set(true);
        source.ifPresent(Flow.Subscription::cancel);
    }
}
