package dev.flowir.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.cap.Frame;
import dev.flowir.kernel.cap.Timeline;
import dev.flowir.servlet.RequestListener.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends text as server-sent events. A thread is there while something is written. Silence is broken
 * by a comment, which also finds out that a client has left.
 */
final class EventWire extends AnswerWire {

    private static final byte[] COMMENT = ": keep-alive\n\n".getBytes(UTF_8);

    private final Duration keepAlive;
    private final ReentrantLock output = new ReentrantLock();
    private boolean opened;
    private @Nullable Runnable cancelComment;

    EventWire(Duration keepAlive) {
        this.keepAlive = keepAlive;
    }

    @Override
    void open(Exchange answered) {
        output.lock(); // whoever ends it meanwhile writes after the head, not into it
        try {
            if (opened(answered) && !isOver()) {
                commentLater();
            }
        } finally {
            output.unlock();
        }
    }

    /** Sends the head, once; false when something else was answered. */
    private boolean opened(Exchange answered) {
        if (!opened) {
            opened = answered.open("");
        }
        return opened;
    }

    @Override
    public void send(Frame frame, Consumer<Optional<Throwable>> sent) {
        switch (frame) {
            case Frame.Text text -> {
                Optional<String> id = Optional.of(text.id()).filter(known -> !known.isEmpty());
                byte[] event = EventStream.frame(Optional.empty(), id, text.text().getBytes(UTF_8));
                Thread.startVirtualThread(() ->
                        sent.accept(
                                write(event)
                                        ? Optional.empty()
                                        : Optional.of(new IOException(Exchange.CLIENT_LEFT))));
            }
            case Frame.Bytes bytes ->
                    sent.accept(
                            Optional.of(new IOException("server-sent events are text, not bytes")));
        }
    }

    private boolean write(byte[] event) {
        output.lock();
        try {
            Exchange answered = exchange();
            boolean there = answered != null && !isOver() && answered.send(event);
            if (there) {
                commentLater();
            }
            return there;
        } finally {
            output.unlock();
        }
    }

    private void commentLater() {
        output.lock();
        try {
            if (cancelComment != null) {
                cancelComment.run();
            }
            cancelComment =
                    Timeline.system()
                            .schedule(
                                    keepAlive,
                                    () -> Thread.startVirtualThread(() -> write(COMMENT)));
        } finally {
            output.unlock();
        }
    }

    @Override
    void ended(Exchange answered, int code, String reason) {
        output.lock();
        try {
            if (cancelComment != null) {
                cancelComment.run();
            }
            Map<String, JsonValue> end = new LinkedHashMap<>();
            end.put("code", JsonValue.number(code));
            end.put("reason", JsonValue.text(reason));
            if (opened(answered)) {
                answered.send(
                        EventStream.frame(
                                Optional.of("close"),
                                Optional.empty(),
                                Reply.text(new JsonValue.Obj(end))));
            }
        } finally {
            output.unlock();
        }
        answered.finish(Outcome.STREAMED);
    }

    @Override
    void left() {
        output.lock();
        try {
            if (cancelComment != null) {
                cancelComment.run();
            }
        } finally {
            output.unlock();
        }
        super.left();
    }
}
