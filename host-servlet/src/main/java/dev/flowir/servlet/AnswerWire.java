package dev.flowir.servlet;

import dev.flowir.kernel.cap.Wire;
import dev.flowir.kernel.cap.WireEnd;
import dev.flowir.kernel.cap.WireEnds;
import dev.flowir.kernel.cap.WireRequest;
import dev.flowir.servlet.RequestListener.Outcome;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A connection that is the answer of one request: text to the client only. */
abstract class AnswerWire implements Wire {

    /** RFC 6455, 7.4.1: the client left and said nothing. */
    private static final int LEFT = 1006;

    private final AtomicReference<@Nullable WireEnd> end = new AtomicReference<>();
    private final AtomicReference<@Nullable Exchange> exchange = new AtomicReference<>();
    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
    private final AtomicBoolean told = new AtomicBoolean();

    /** How it ended: what is first counts. */
    private record Ending(int code, String reason) {}

    /** Lets somebody take it; frames may come at once. */
    void begin(Exchange answered, WireEnds ends, WireRequest request) {
        exchange.set(answered);
        open(answered);
        end.set(ends.open(request, this));
        tell();
    }

    /** Before the first frame. */
    abstract void open(Exchange answered);

    /** The request is over. */
    abstract void ended(Exchange answered, int code, String reason);

    @Nullable Exchange exchange() {
        return exchange.get();
    }

    boolean isOver() {
        return ending.get() != null;
    }

    @Override
    public void close(int code, String reason) {
        Exchange answered = exchange.get();
        if (answered != null && ending.compareAndSet(null, new Ending(code, reason))) {
            // not on the thread of whoever closes: it does not wait
            Thread.startVirtualThread(() -> {
                ended(answered, code, reason);
                tell();
            });
        }
    }

    /** The client left, or everything is sent. */
    void left() {
        ending.compareAndSet(null, new Ending(LEFT, ""));
        tell();
        Exchange answered = exchange.get();
        if (answered != null) {
            answered.finish(Outcome.DISCONNECTED);
        }
    }

    private void tell() {
        WireEnd known = end.get();
        Ending how = ending.get();
        if (known != null && how != null && told.compareAndSet(false, true)) {
            known.closed(how.code(), how.reason());
        }
    }
}
