package dev.flowir.object;

import dev.flowir.ir.Type;
import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Frame;
import dev.flowir.kernel.cap.Wire;
import dev.flowir.kernel.cap.WireEnd;
import dev.flowir.kernel.cap.WireRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One socket: between the wire that a host has and the object, which need not be awake. */
final class Socket<C> implements WireEnd, ObjectSocket, Outbox.Owner {

    private static final Logger LOG = LoggerFactory.getLogger(Socket.class);

    /** Most bytes of the reason in a close frame: RFC 6455, 5.5. */
    private final StoredSpace space;

    private final ObjectClass<C> type;
    private final ObjectRef<C> ref;
    private final String id;
    private final SocketHandler<C> handler;
    private final SocketOptions options;
    private final Outbox outbox;
    private volatile List<String> tags = List.of();
    private volatile byte @Nullable [] attachment;
    private volatile boolean opened;
    private int place = -1;
    private int unhandled;
    private @Nullable CountDownLatch waiting;
    private boolean over;

    Socket(
            StoredSpace space,
            ObjectClass<C> type,
            ObjectRef<C> ref,
            String id,
            Wire wire,
            ObjectClass.Talk<C> talk) {
        this.space = space;
        this.type = type;
        this.ref = ref;
        this.id = id;
        this.handler = talk.handler();
        this.options = talk.options();
        this.outbox = new Outbox(wire, options, this);
    }

    // ---- where it stands among the sockets of its object, guarded by their list

    int place() {
        return place;
    }

    void standsAt(int newPlace) {
        place = newPlace;
    }

    // ---- what the host tells

    void open(WireRequest request) {
        Message<C, Boolean> message = news(object -> opened(object, request));
        message.whenAnswered(failure ->
                failure.ifPresent(why -> {
                    space.sockets().remove(ref.id(), this);
                    boolean full =
                            why instanceof ObjectException refusal
                                    && refusal.fault() == ObjectFault.TOO_MANY_SOCKETS;
                    if (full || space.isClosed()) {
                        outbox.end(1013, "try again later");
                    } else {
                        LOG.warn("A socket of {} {} was not opened", type, ref.id(), why);
                        outbox.end(1011, "not opened");
                    }
                }));
        space.ring(type, ref.id(), message);
    }

    private boolean opened(C object, WireRequest request) throws Exception {
        space.sockets().ensureRoom(ref.id(), options.limits().maxSockets());
        List<String> given =
                options.limits().ensureTags(List.copyOf(handler.opened(object, this, request)));
        tags = given;
        opened = true;
        synchronized (this) {
            if (over) {
                return true;
            }
            space.sockets().add(ref.id(), this);
        }
        return true;
    }

    @Override
    public void text(String text) {
        Optional<SocketOptions.Answer> answer =
                options.answer().filter(known -> known.to().equals(text));
        if (answer.isPresent()) {
            outbox.answer(Frame.text(answer.get().with()));
        } else if (takes(text.length())) {
            deliver(
                    object -> handler.text(object, this, text),
                    failure -> handler.unhandled(text, failure));
        }
    }

    @Override
    public void bytes(byte[] bytes) {
        if (takes(bytes.length)) {
            deliver(object -> handler.bytes(object, this, bytes), failure -> Optional.empty());
        }
    }

    /** Whether a message is one; waits while too many of this client are not handled. */
    private boolean takes(int size) {
        if (size > options.limits().maxMessageBytes()) {
            outbox.end(1009, "more than " + options.limits().maxMessageBytes() + " bytes");
            return false;
        }
        try {
            for (Optional<CountDownLatch> full = enter(); full.isPresent(); full = enter()) {
                full.get().await();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            outbox.end(1001, "going away");
            return false;
        }
        return true;
    }

    /** Counts a message, or gives what to wait for. */
    private synchronized Optional<CountDownLatch> enter() {
        if (unhandled < options.limits().maxUnhandled() || over) {
            unhandled++;
            return Optional.empty();
        }
        CountDownLatch change = waiting == null ? new CountDownLatch(1) : waiting;
        waiting = change;
        return Optional.of(change);
    }

    private void tellWaiting() {
        if (waiting != null) {
            waiting.countDown();
            waiting = null;
        }
    }

    /** What a message does. */
    private interface Work<C> {
        void on(C object) throws Exception;
    }

    /** What a client is told instead. */
    private interface Excuse {
        Optional<String> of(Throwable failure);
    }

    private void deliver(Work<C> work, Excuse excuse) {
        space.sockets().begun();
        Message<C, Boolean> message =
                news(object -> {
                    if (opened && isOpen()) {
                        work.on(object);
                    }
                    return true;
                });
        message.whenAnswered(failure -> {
            failure.ifPresent(why -> unhandled(why, excuse));
            synchronized (this) {
                unhandled--;
                tellWaiting();
            }
            space.sockets().ended();
        });
        space.deliver(type, ref.id(), message, space.options().limits().maxWaiting());
    }

    private void unhandled(Throwable failure, Excuse excuse) {
        Optional<Frame> told;
        try {
            told = excuse.of(failure).map(Frame::text);
        } catch (RuntimeException broken) {
            LOG.warn("What to tell a client of {} {} failed", type, ref.id(), broken);
            told = Optional.empty();
        }
        if (told.isPresent()) {
            told.flatMap(outbox::place).ifPresent(Outbox.Slot::release);
        } else if (failure instanceof ObjectException refusal
                && (refusal.fault() == ObjectFault.OVERLOADED
                        || refusal.fault() == ObjectFault.CLOSED)) {
            outbox.end(1013, "try again later");
        } else {
            LOG.warn("A message to {} {} was not handled", type, ref.id(), failure);
        }
    }

    @Override
    public void failed(Throwable failure) {
        tell(object -> handler.failed(object, this, failure));
    }

    @Override
    public void closed(int code, String reason) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            tellWaiting();
        }
        outbox.close();
        space.sockets().remove(ref.id(), this);
        tell(object -> {
            space.sockets().remove(ref.id(), this);
            handler.closed(object, this, code, reason);
        });
    }

    @Override
    public void lapsed() {
        Message<C, Boolean> message =
                news(object -> {
                    outbox.resume();
                    handler.lapsed(object, this);
                    return true;
                });
        message.whenAnswered(failure ->
                failure.ifPresent(why -> {
                    LOG.warn("A slow client of {} {} gets nothing to go on", type, ref.id(), why);
                    outbox.end(1013, "too slow");
                }));
        space.ring(type, ref.id(), message);
    }

    void goAway() {
        outbox.end(1001, "going away");
    }

    private void tell(Work<C> work) {
        Message<C, Boolean> message =
                news(object -> {
                    if (opened) {
                        work.on(object);
                    }
                    return true;
                });
        message.whenAnswered(failure ->
                failure.filter(why -> !space.isClosed())
                        .ifPresent(why ->
                                LOG.warn(
                                        "The end of a socket of {} {} was not handled",
                                        type,
                                        ref.id(),
                                        why)));
        space.ring(type, ref.id(), message);
    }

    private Message<C, Boolean> news(ObjectViewRef.Call<C, Boolean, Exception> call) {
        return new Message<>(Message.Kind.WRITE, call, Fence.open());
    }

    // ---- what the object does

    @Override
    public String id() {
        return id;
    }

    @Override
    public List<String> tags() {
        return tags;
    }

    @Override
    public boolean isOpen() {
        synchronized (this) {
            return !over && !outbox.isClosed();
        }
    }

    @Override
    public void send(Frame frame) {
        Turn turn = turn();
        outbox.place(frame).ifPresent(slot -> follow(turn, slot));
    }

    @Override
    public boolean awaitRoom() throws InterruptedException {
        if (!turn().isOutside()) {
            throw misplaced("a call waits for a client only inside outside(…)");
        }
        return outbox.awaitRoom();
    }

    @Override
    public void close(int code, String reason) {
        SocketLimits.ensureClose(code, reason);
        Turn turn = turn();
        outbox.farewell(code, reason).ifPresent(slot -> follow(turn, slot));
    }

    private static void follow(Turn turn, Outbox.Slot slot) {
        if (turn.isOutside()) {
            slot.release();
        } else {
            turn.draft().frame(slot);
        }
    }

    @Override
    public <T> Optional<T> attachment(Type<T> attached) {
        byte[] bytes = attachment;
        if (bytes == null) {
            return Optional.empty();
        }
        return Optional.of(SocketLimits.attachment(space.options().codecs(), attached, bytes));
    }

    @Override
    public <T> void attach(Type<T> attached, T value) {
        byte[] bytes =
                options.limits()
                        .attached(space.options().codecs(), attached, value, Integer.MAX_VALUE);
        turn();
        attachment = bytes;
    }

    private Turn turn() {
        Turn turn =
                Turn.current()
                        .filter(t ->
                                t.instance().space().equals(space)
                                        && t.instance().id().equals(ref.id()))
                        .orElseThrow(
                                () -> misplaced("a socket is used outside of its object's turn"));
        turn.ensureHopeful();
        if (!turn.mayWrite()) {
            throw new ObjectException(
                    ObjectFault.READ_ONLY, "a call that only reads sends nothing; use call(…)");
        }
        return turn;
    }

    private static ObjectException misplaced(String detail) {
        return new ObjectException(ObjectFault.MISPLACED, detail);
    }
}
