package dev.flowir.object.log;

import dev.flowir.kernel.cap.Frame;
import dev.flowir.kernel.cap.Wire;
import dev.flowir.kernel.cap.WireEnd;
import dev.flowir.object.ObjectException;
import dev.flowir.object.ObjectFault;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client that follows a log. It is a place in the log and nothing else: a frame is made when the
 * one before is on its way. Silent, it takes no thread. Docs: capabilities/event-log.md.
 */
final class LogWire<S, E> implements WireEnd {

    private static final Logger LOG = LoggerFactory.getLogger(LogWire.class);

    // close codes of RFC 6455, 7.4.1, and of the registry it founded
    private static final int GOING_AWAY = 1001;
    private static final int NOT_UNDERSTOOD = 1003;
    private static final int FAILED = 1011;
    static final int POLICY = 1008;
    static final int TRY_AGAIN_LATER = 1013;

    private final Wire wire;
    private final LogJson<S, E> json;
    private @Nullable Subscription<S, E> subscription;

    /** Somebody looks for a frame, or one is being sent. */
    private boolean busy;

    /** There may be more than who looks has seen. */
    private boolean rung;

    private boolean pinged;
    private boolean over;

    LogWire(Wire wire, LogJson<S, E> json) {
        this.wire = wire;
        this.json = json;
    }

    void follow(Subscription<S, E> log) {
        boolean gone;
        synchronized (this) {
            subscription = log;
            gone = over;
        }
        if (gone) {
            log.close();
        } else {
            ring();
        }
    }

    /** There may be something to send. Does not wait. */
    void ring() {
        synchronized (this) {
            rung = true;
            if (busy || over || subscription == null) {
                return;
            }
            busy = true;
        }
        Thread.startVirtualThread(this::look);
    }

    private void look() {
        try {
            Optional<Frame> next = next();
            if (next.isPresent()) {
                wire.send(next.get(), this::sent);
            }
        } catch (RuntimeException failure) {
            if (failure instanceof ObjectException refused && passes(refused.fault())) {
                end(TRY_AGAIN_LATER, "try again later");
            } else {
                LOG.warn("A client could not be told of a log", failure);
                end(FAILED, "failed");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            end(GOING_AWAY, "going away");
        }
    }

    private static boolean passes(ObjectFault fault) {
        return fault.retryable() || fault == ObjectFault.OVERLOADED || fault == ObjectFault.CLOSED;
    }

    private void sent(Optional<Throwable> failure) {
        synchronized (this) {
            busy = false;
        }
        if (failure.isPresent()) {
            // closed() follows; until then nothing is sent any more
            leave();
        } else {
            // not on the thread of the host, which has others to serve
            ring();
        }
    }

    /** The next frame; when there is none nobody looks any longer. */
    private Optional<Frame> next() throws InterruptedException {
        while (true) {
            Subscription<S, E> log;
            synchronized (this) {
                rung = false;
                log = subscription;
                if (over || log == null) {
                    busy = false;
                    return Optional.empty();
                }
                if (pinged) {
                    pinged = false;
                    return Optional.of(Frame.text("pong"));
                }
            }
            Optional<dev.flowir.object.log.Frame<S, E>> there = log.next(Duration.ZERO);
            if (there.isPresent()) {
                return frame(there.get());
            }
            synchronized (this) {
                if (!rung) {
                    busy = false;
                    return Optional.empty();
                }
            }
        }
    }

    private Optional<Frame> frame(dev.flowir.object.log.Frame<S, E> there) {
        return switch (there) {
            case dev.flowir.object.log.Frame.State<S, E>(LogSnapshot<S> snapshot) ->
                    Optional.of(LogTexts.state(json, snapshot));
            case dev.flowir.object.log.Frame.Event<S, E>(Envelope<E> event) ->
                    Optional.of(LogTexts.event(json, event));
            case dev.flowir.object.log.Frame.Ended<S, E> ended -> {
                end(GOING_AWAY, "going away");
                yield Optional.empty();
            }
        };
    }

    @Override
    public void text(String text) {
        if (text.equals("ping")) {
            synchronized (this) {
                pinged = true;
            }
            ring();
        } else {
            end(NOT_UNDERSTOOD, LogTexts.NOT_UNDERSTOOD);
        }
    }

    @Override
    public void bytes(byte[] bytes) {
        end(NOT_UNDERSTOOD, LogTexts.NOT_UNDERSTOOD);
    }

    @Override
    public void failed(Throwable failure) {
        LOG.debug("A client that follows a log: {}", failure.toString());
    }

    @Override
    public void closed(int code, String reason) {
        leave();
    }

    void end(int code, String reason) {
        leave();
        wire.close(code, reason);
    }

    private void leave() {
        Subscription<S, E> log;
        synchronized (this) {
            over = true;
            log = subscription;
        }
        if (log != null) {
            log.close();
        }
    }
}
