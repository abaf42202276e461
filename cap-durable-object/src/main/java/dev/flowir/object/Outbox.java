package dev.flowir.object;

import dev.flowir.kernel.cap.Frame;
import dev.flowir.kernel.cap.Wire;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * What is on its way to one client. A frame takes its place when it is sent, and leaves when it is
 * free to and all before it have left: so the order is that of the turns, whichever commit is told
 * first. One frame is on the wire at a time. Empty, it holds nothing.
 */
final class Outbox {

    /** Somebody who is told what goes wrong; outside of any lock. */
    interface Owner {

        /** What was on its way is forgotten, and the wire has room again. */
        void lapsed();

        /** The wire does not take frames any more. */
        void failed(Throwable failure);
    }

    private enum State {
        OPEN,
        /** Too much was on its way: nothing is taken until the client gets what it needs. */
        LAPSED,
        /** As before, and its owner knows. */
        TOLD,
        CLOSED
    }

    /** The last thing that leaves. */
    private record Farewell(int code, String reason) {}

    /** The place of one frame. */
    final class Slot {

        private final Optional<Frame> frame;
        private final Optional<Farewell> farewell;
        private boolean free;

        private Slot(Optional<Frame> frame, Optional<Farewell> farewell) {
            this.frame = frame;
            this.farewell = farewell;
        }

        /** It may leave: what it follows is durable. */
        void release() {
            synchronized (Outbox.this) {
                free = true;
            }
            pump();
        }

        /** It will not leave. */
        void drop() {
            synchronized (Outbox.this) {
                if (!free && slots != null && slots.remove(this)) {
                    forget(this);
                }
            }
            pump();
        }

        private int size() {
            return frame.map(Frame::size).orElse(0);
        }
    }

    private final Wire wire;
    private final SocketOptions options;
    private final Owner owner;

    private State state = State.OPEN;
    private @Nullable ArrayDeque<Slot> slots;
    private @Nullable CountDownLatch waiting;
    private long bytes;
    private boolean sending;
    private boolean pumping;

    Outbox(Wire wire, SocketOptions options, Owner owner) {
        this.wire = wire;
        this.options = options;
        this.owner = owner;
    }

    /** Takes a place for a frame; empty when nothing is sent any more, or for now. */
    Optional<Slot> place(Frame frame) {
        Slot slot = new Slot(Optional.of(frame), Optional.empty());
        synchronized (this) {
            if (state != State.OPEN) {
                return Optional.empty();
            }
            if (hasRoomFor(slot)) {
                add(slot);
                return Optional.of(slot);
            }
            clear();
            if (options.slow() == SlowClient.SNAPSHOT) {
                state = State.LAPSED;
            }
        }
        if (options.slow() == SlowClient.DISCONNECT) {
            end(1013, "too slow");
        } else {
            pump();
        }
        return Optional.empty();
    }

    private boolean hasRoomFor(Slot slot) {
        SocketLimits limits = options.limits();
        return slots == null
                || (slots.size() < limits.maxOutboxFrames()
                        && bytes + slot.size() <= limits.maxOutboxBytes());
    }

    /** Takes a place for the end, behind everything. */
    Optional<Slot> farewell(int code, String reason) {
        Slot slot = new Slot(Optional.empty(), Optional.of(new Farewell(code, reason)));
        synchronized (this) {
            if (state == State.CLOSED) {
                return Optional.empty();
            }
            state = State.OPEN;
            add(slot);
        }
        return Optional.of(slot);
    }

    /** Sends a frame before those that wait for a commit. */
    void answer(Frame frame) {
        Slot slot = new Slot(Optional.of(frame), Optional.empty());
        slot.free = true;
        synchronized (this) {
            if (state != State.OPEN || !hasRoomFor(slot)) {
                return; // a client that does not read its pongs needs none
            }
            box().addFirst(slot);
            bytes += slot.size();
        }
        pump();
    }

    /** Ends the connection now, whatever is on its way. */
    void end(int code, String reason) {
        if (close()) {
            wire.close(code, reason);
        }
    }

    /** Nothing leaves any more; false when that was so before. */
    synchronized boolean close() {
        if (state == State.CLOSED) {
            return false;
        }
        state = State.CLOSED;
        clear();
        tellWaiting();
        return true;
    }

    synchronized boolean isClosed() {
        return state == State.CLOSED;
    }

    /** Frames are taken again after a lapse. */
    synchronized void resume() {
        if (state == State.TOLD) {
            state = State.OPEN;
        }
    }

    /** Waits for room; false when it is closed. */
    boolean awaitRoom() throws InterruptedException {
        for (; ; ) {
            CountDownLatch change;
            synchronized (this) {
                if (state == State.CLOSED || isHalfFree()) {
                    return state != State.CLOSED;
                }
                change = waiting == null ? new CountDownLatch(1) : waiting;
                waiting = change;
            }
            change.await(); // not on the monitor: on Java 21 that would keep a carrier thread
        }
    }

    private boolean isHalfFree() {
        SocketLimits limits = options.limits();
        return slots == null
                || (slots.size() <= limits.maxOutboxFrames() / 2
                        && bytes <= limits.maxOutboxBytes() / 2);
    }

    private void tellWaiting() {
        if (waiting != null) {
            waiting.countDown();
            waiting = null;
        }
    }

    private ArrayDeque<Slot> box() {
        ArrayDeque<Slot> box = slots;
        if (box == null) {
            box = new ArrayDeque<>(4);
            slots = box;
        }
        return box;
    }

    private void add(Slot slot) {
        box().add(slot);
        bytes += slot.size();
    }

    private void forget(Slot slot) {
        bytes -= slot.size();
        if (slots != null && slots.isEmpty()) {
            slots = null;
        }
        tellWaiting();
    }

    private void clear() {
        slots = null;
        bytes = 0;
        tellWaiting();
    }

    /** Puts on the wire what may leave; one thread at a time. */
    private void pump() {
        synchronized (this) {
            if (pumping) {
                return;
            }
            pumping = true;
        }
        Optional<Runnable> next = step();
        while (next.isPresent()) {
            next.get().run();
            next = step();
        }
    }

    /** What to do next; empty when whoever comes next has to pump again. */
    private synchronized Optional<Runnable> step() {
        if (!sending && state == State.LAPSED) {
            state = State.TOLD;
            return Optional.of(owner::lapsed);
        }
        Slot head = slots == null || sending ? null : slots.peek();
        if (head == null || !head.free || slots == null || state == State.CLOSED) {
            pumping = false;
            return Optional.empty();
        }
        slots.remove();
        forget(head);
        if (head.frame.isPresent()) {
            sending = true;
            return head.frame.map(frame -> () -> wire.send(frame, this::sent));
        }
        state = State.CLOSED;
        return head.farewell.map(end -> () -> wire.close(end.code(), end.reason()));
    }

    private void sent(Optional<Throwable> failure) {
        synchronized (this) {
            sending = false;
        }
        if (failure.isPresent()) {
            if (close()) {
                owner.failed(failure.get());
            }
            return;
        }
        pump();
    }
}
