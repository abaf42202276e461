package dev.flowir.testing;

import dev.flowir.kernel.cap.Frame;
import dev.flowir.kernel.cap.Wire;
import dev.flowir.kernel.cap.WireEnd;
import dev.flowir.kernel.cap.WireEnds;
import dev.flowir.kernel.cap.WireRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client on a wire of its own: keeps what it gets, and is as slow as it is told. For tests of
 * whatever is behind {@link WireEnds}.
 */
public final class TestWire implements Wire {

    /** Only against hanging. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<String> got = new ArrayList<>();
    private final ArrayDeque<Consumer<Optional<Throwable>>> held = new ArrayDeque<>();
    private @Nullable WireEnd end;
    private boolean slow;
    private String closed = "";
    private String lastId = "";

    private TestWire() {}

    /**
     * A client that connects by a WebSocket.
     *
     * @param to who takes it
     * @param name parameter {@code name} of the path
     * @param query further parameters
     * @return the client
     */
    public static TestWire connect(WireEnds to, String name, Map<String, String> query) {
        return connect(to, request(WireRequest.Kind.SOCKET, name, query));
    }

    /**
     * A client that connects.
     *
     * @param to who takes it
     * @param request how it asks
     * @return the client
     */
    public static TestWire connect(WireEnds to, WireRequest request) {
        TestWire wire = new TestWire();
        WireEnd end = to.open(request, wire);
        synchronized (wire) {
            wire.end = end;
        }
        return wire;
    }

    /**
     * How a client asks.
     *
     * @param kind what it asks for
     * @param name parameter {@code name} of the path
     * @param query further parameters
     * @return the request
     */
    public static WireRequest request(
            WireRequest.Kind kind, String name, Map<String, String> query) {
        Map<String, List<String>> lists = new java.util.TreeMap<>();
        query.forEach((key, value) -> lists.put(key, List.of(value)));
        return new WireRequest(kind, Map.of("name", name), lists, Map.of(), Optional.empty());
    }

    @Override
    public void send(Frame frame, Consumer<Optional<Throwable>> sent) {
        synchronized (this) {
            switch (frame) {
                case Frame.Text text -> {
                    got.add(text.text());
                    lastId = text.id().isEmpty() ? lastId : text.id();
                }
                case Frame.Bytes bytes -> got.add(bytes.bytes().length + " bytes");
            }
            notifyAll();
            if (slow) {
                held.add(sent);
                return;
            }
        }
        sent.accept(Optional.empty());
    }

    @Override
    public void close(int code, String reason) {
        leave(code, reason);
    }

    /**
     * The client says something.
     *
     * @param text what
     */
    public void says(String text) {
        end().text(text);
    }

    /**
     * The client says something.
     *
     * @param bytes what
     */
    public void says(byte[] bytes) {
        end().bytes(bytes);
    }

    /**
     * The connection ends.
     *
     * @param code close code
     * @param reason what is said
     */
    public void leave(int code, String reason) {
        WireEnd told;
        synchronized (this) {
            if (!closed.isEmpty()) {
                return;
            }
            closed = code + " " + reason;
            told = end;
            notifyAll();
        }
        if (told != null) {
            told.closed(code, reason);
        }
    }

    private WireEnd end() {
        synchronized (this) {
            if (end == null) {
                throw new IllegalStateException("a client is connected first");
            }
            return end;
        }
    }

    /** From now on the client does not read. */
    public synchronized void stall() {
        slow = true;
    }

    /** The client reads everything, and goes on reading. */
    public void read() {
        List<Consumer<Optional<Throwable>>> all;
        synchronized (this) {
            slow = false;
            all = List.copyOf(held);
            held.clear();
        }
        all.forEach(sent -> sent.accept(Optional.empty()));
    }

    /** {@return what it got, in order} */
    public synchronized List<String> got() {
        return List.copyOf(got);
    }

    /**
     * Waits until it got some messages.
     *
     * @param messages how many in all
     * @return those, and what else came
     * @throws InterruptedException when interrupted
     * @throws AssertionError when they do not come within half a minute
     */
    public synchronized List<String> await(int messages) throws InterruptedException {
        awaitThat(() -> got.size() >= messages, messages + " messages");
        return List.copyOf(got);
    }

    /**
     * Waits until the connection is over.
     *
     * @return code and reason of the end
     * @throws InterruptedException when interrupted
     * @throws AssertionError when it does not end within half a minute
     */
    public synchronized String awaitClosed() throws InterruptedException {
        awaitThat(() -> !closed.isEmpty(), "an end");
        return closed;
    }

    private synchronized void awaitThat(BooleanSupplier wanted, String what)
            throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!wanted.getAsBoolean()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError(what + " did not come; it got " + got + " " + closed);
            }
            wait(left / 1_000_000 + 1);
        }
    }

    /** {@return code and reason of the end; empty while it is open} */
    public synchronized String closed() {
        return closed;
    }

    /** {@return where it would go on from when it comes back} */
    public synchronized String lastId() {
        return lastId;
    }
}
