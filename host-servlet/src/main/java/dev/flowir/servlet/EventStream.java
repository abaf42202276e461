package dev.flowir.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.host.Envelope;
import dev.flowir.kernel.host.Envelope.Causes;
import dev.flowir.kernel.host.Lag;
import dev.flowir.kernel.host.LiveStream;
import dev.flowir.servlet.RequestListener.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a stream of items as server-sent events: an item is pulled only when the one before is on
 * its way, so a slow client slows its producer. Silence is broken by a comment, which also finds
 * out that a client has left.
 */
final class EventStream {

    private static final Logger LOG = LoggerFactory.getLogger(FlowServlet.class);

    /** Code of a failure whose message repeats what a body's exception said. */
    private static final String BODY_FAILED = "RUN101";

    private static final byte[] COMMENT = ": keep-alive\n\n".getBytes(UTF_8);

    private final Exchange exchange;
    private final FlowRoute<?, ?> route;
    private final Duration keepAlive;
    private final Causes causes;
    private final ReentrantLock output = new ReentrantLock();
    private final Condition ended = output.newCondition();
    private final CountDownLatch pumped = new CountDownLatch(1);
    private boolean over;
    private long lastSentNanos = System.nanoTime();

    EventStream(Exchange exchange, FlowRoute<?, ?> route, Duration keepAlive, Causes causes) {
        this.exchange = exchange;
        this.route = route;
        this.keepAlive = keepAlive;
        this.causes = causes;
    }

    /** Sends everything and ends the exchange. For the one thread that owns the stream. */
    void pump(ItemStream<?> items) throws InterruptedException {
        if (!exchange.open("")) {
            items.close();
            return;
        }
        if (items instanceof LiveStream live) {
            live.whenCut(() -> Thread.startVirtualThread(this::cut));
        }
        Thread comments = Thread.ofVirtual().name("flow-http-keep-alive").start(this::comment);
        try (items) {
            sendAll(items);
        } finally {
            pumped.countDown();
            end();
            comments.join();
            exchange.finish(Outcome.STREAMED);
        }
    }

    private void sendAll(ItemStream<?> items) throws InterruptedException {
        long number = 0;
        long seen = seen();
        boolean sending = !exchange.isGone();
        while (sending) {
            switch (items.next()) {
                case ItemStream.Item<?> item -> {
                    number++;
                    sending = number <= seen || send(item.value(), number);
                }
                case ItemStream.End<?> end -> sending = false;
                case ItemStream.Broken<?> broken -> {
                    sendError(broken.code(), broken.message());
                    sending = false;
                }
            }
        }
    }

    /** Items that the client has already and a repeatable flow gives again. */
    private long seen() {
        if (!route.isRepeatable() || route.options().resumption().isPresent()) {
            return 0;
        }
        return exchange.head().header("last-event-id").map(EventStream::number).orElse(0L);
    }

    private static long number(String text) {
        boolean digits = text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits && !text.isEmpty() ? Long.parseLong(text) : 0;
    }

    private boolean send(Object value, long number) {
        try {
            Optional<String> id = route.eventId(value);
            if (id.isEmpty() && route.isRepeatable()) {
                id = Optional.of(Long.toString(number));
            }
            return write(frame(Optional.empty(), id, route.item(value)));
        } catch (CodecException unwritable) {
            sendError(unwritable.code(), unwritable.getMessage());
            return false;
        }
    }

    private void sendError(String code, String message) {
        exchange.failedWith(code);
        boolean ofBody = code.equals(BODY_FAILED);
        LOG.debug("stream broken, id={}: {} {}", exchange.head().requestId(), code, message);
        String told = ofBody && causes == Causes.HIDDEN ? "the stream failed" : message;
        Envelope envelope = Envelope.of(500, code, told, Map.of(), exchange.head().requestId());
        write(frame(Optional.of("error"), Optional.empty(), Reply.text(envelope.json())));
    }

    /** One event; each line of its data is a line of the frame. */
    static byte[] frame(Optional<String> event, Optional<String> id, byte[] data) {
        StringBuilder frame = new StringBuilder(data.length + 32);
        event.ifPresent(name -> frame.append("event: ").append(name).append('\n'));
        id.filter(text -> text.chars().noneMatch(c -> c == '\n' || c == '\r' || c == 0))
                .ifPresent(text -> frame.append("id: ").append(text).append('\n'));
        new String(data, UTF_8)
                .lines()
                .forEach(line -> frame.append("data: ").append(line).append('\n'));
        return frame.append('\n').toString().getBytes(UTF_8);
    }

    static byte[] errorFrame(JsonValue error) {
        return frame(Optional.of("error"), Optional.empty(), Reply.text(error));
    }

    private boolean write(byte[] frame) {
        output.lock();
        try {
            boolean there = exchange.send(frame);
            lastSentNanos = System.nanoTime();
            return there;
        } finally {
            output.unlock();
        }
    }

    /**
     * The client did not keep up: it is told so while it still takes anything, and cut off then.
     */
    private void cut() {
        try {
            if (pumped.await(HostLimits.LAST_WORD.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        exchange.abort(Lag.CODE);
    }

    private void end() {
        output.lock();
        try {
            over = true;
            ended.signalAll();
        } finally {
            output.unlock();
        }
    }

    private void comment() {
        output.lock();
        try {
            boolean there = true;
            while (!over && there) {
                long silentNanos = System.nanoTime() - lastSentNanos;
                long waitNanos = keepAlive.toNanos() - silentNanos;
                if (waitNanos > 0) {
                    ended.awaitNanos(waitNanos);
                } else {
                    there = exchange.send(COMMENT);
                    lastSentNanos = System.nanoTime();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            output.unlock();
        }
    }
}
