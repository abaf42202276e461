package dev.flowir.object;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One object that is awake: its line of calls and its turn. Whoever finds the turn free runs its
 * call itself; what came meanwhile is run by a virtual thread that lasts until the line is empty.
 */
final class Instance<C> implements Shelf.Listener {

    private final StoredSpace space;
    private final ObjectClass<C> type;
    private final ObjectId id;

    private final Line<C> line;

    private volatile @Nullable Message<C, ?> running;
    private @Nullable Shelf shelf;
    private @Nullable Context<C> context;
    private @Nullable C object;

    Instance(StoredSpace space, ObjectClass<C> type, ObjectId id) {
        this.space = space;
        this.type = type;
        this.id = id;
        this.line = new Line<>(space);
    }

    ObjectClass<C> type() {
        return type;
    }

    ObjectId id() {
        return id;
    }

    StoredSpace space() {
        return space;
    }

    // ---- the line

    Line<C> line() {
        return line;
    }

    /** Runs a call whose caller has the turn, on the caller's thread. */
    void runOwned(Message<C, ?> message) {
        run(message);
        passOn();
    }

    /** Runs a call that has the turn, and the line behind it. */
    void runHere(Message<C, ?> message) {
        run(message);
        drain();
    }

    private void passOn() {
        if (line.release()) {
            Thread.startVirtualThread(this::drain);
        }
    }

    private void drain() {
        for (Message<C, ?> next = line.next(); next != null; next = line.next()) {
            run(next);
            // An interrupt was for that call; the next one starts without it.
            Thread.interrupted();
        }
    }

    // ---- one turn

    private <T> void run(Message<C, T> message) {
        if (!message.start()) {
            line.settled();
            return;
        }
        running = message;
        Turn turn = new Turn(this, message);
        @Nullable Turn before = turn.enter();
        try {
            Shelf mine = load();
            turn.sees(mine);
            boolean rings =
                    message.kind() == Message.Kind.ALARM && space.alarms().begin(turn, mine);
            C awake = awake(turn, mine);
            if (rings && !turn.hasChosenAlarm()) {
                turn.draft().alarm(AlarmState.NONE);
            }
            finish(turn, mine, message, message.runOn(awake));
        } catch (Throwable e) { // the call's own errors too: the line goes on behind it
            failed(turn, message, e);
        } finally {
            running = null;
            message.over();
            Turn.leave(before);
        }
    }

    private <T> void finish(Turn turn, Shelf mine, Message<C, T> message, T value) {
        turn.ensureHopeful();
        message.commit();
        Draft draft = turn.take();
        whenOpen(
                gate(mine, draft, message), message, draft, () -> message.answer().complete(value));
        if (mine.isCrowded()) {
            mine.gate().ifPresent(Instance::joinQuietly);
        }
    }

    /** What has to be durable before anything leaves that follows a draft. */
    private static Optional<CompletableFuture<Boolean>> gate(
            Shelf mine, Draft draft, Message<?, ?> message) {
        boolean known = false;
        try {
            if (draft.isEmpty() && draft.hasFrames()) {
                message.fence().ensureCurrent();
            }
            Optional<CompletableFuture<Boolean>> gate =
                    draft.isEmpty() ? mine.gate() : Optional.of(mine.stage(draft, message.fence()));
            known = true;
            return gate;
        } finally {
            if (!known) {
                draft.dropFrames();
            }
        }
    }

    /** Nothing of a call that failed stays: neither what it wrote nor what it did to fields. */
    private <T> void failed(Turn turn, Message<C, T> message, Throwable failure) {
        space.alarms().failed(turn, failure);
        turn.dropAll();
        if (message.kind() != Message.Kind.READ || turn.hasMade()) {
            forgetLife(turn);
        }
        whenOpen(
                gateOfFailure(turn, message, failure),
                message,
                new Draft(),
                () -> {
                    if (turn.instead().isPresent() && !turn.hasLost(failure)) {
                        message.recorded();
                        space.recorded(turn);
                    }
                    message.answer().completeExceptionally(failure);
                });
    }

    private static Optional<CompletableFuture<Boolean>> gateOfFailure(
            Turn turn, Message<?, ?> message, Throwable failure) {
        if (turn.seen().isEmpty() || turn.hasLost(failure)) {
            return Optional.empty();
        }
        Shelf mine = turn.seen().get();
        if (turn.instead().isEmpty()) {
            return mine.gate();
        }
        try {
            return Optional.of(mine.stage(turn.instead().get(), message.fence()));
        } catch (ObjectException broken) {
            return Optional.of(CompletableFuture.failedFuture(broken));
        }
    }

    /** An answer leaves only when all that it may have seen is durable. */
    private void whenOpen(
            Optional<CompletableFuture<Boolean>> gate,
            Message<C, ?> message,
            Draft draft,
            Runnable answer) {
        if (gate.isEmpty()) {
            draft.release();
            line.settled();
            answer.run();
            return;
        }
        CompletableFuture<Boolean> unused =
                gate.get()
                        .whenComplete((durable, failure) -> {
                            if (failure == null) {
                                draft.release();
                                line.settled();
                                answer.run();
                            } else {
                                draft.dropFrames();
                                line.settled();
                                message.answer().completeExceptionally(cause(failure));
                            }
                        });
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }

    private Shelf load() {
        Shelf last;
        synchronized (this) {
            if (shelf != null && (context != null || !shelf.isRestoring())) {
                return shelf;
            }
            last = shelf;
        }
        if (last != null) {
            last.gate().ifPresent(Instance::joinQuietly);
            last.close();
        }
        Shelf loaded = Shelf.load(space.tables(), space.scratch(), type.name(), id, this);
        synchronized (this) {
            shelf = loaded;
            context = null;
            object = null;
        }
        return loaded;
    }

    /** The object, made if it sleeps. Its constructor keeps all others out. */
    private C awake(Turn turn, Shelf mine) {
        synchronized (this) {
            if (context != null && object != null) {
                turn.serves(context);
                return object;
            }
        }
        Context<C> fresh = new Context<>(this, mine, space.options());
        turn.serves(fresh);
        turn.making(true);
        turn.block();
        space.tally().woke();
        C made;
        try {
            made = type.make(fresh);
        } finally {
            turn.unblock();
            turn.making(false);
        }
        synchronized (this) {
            if (mine.equals(shelf)) {
                context = fresh;
                object = made;
            }
        }
        return made;
    }

    // ---- lives

    private void forgetLife(Turn turn) {
        synchronized (this) {
            if (context != null && turn.serving(context)) {
                context = null;
                object = null;
                space.tally().reset();
            }
        }
    }

    @Override
    public void broken(Shelf lost) {
        synchronized (this) {
            if (lost.equals(shelf)) {
                shelf = null;
                context = null;
                object = null;
                space.tally().reset();
            }
        }
        lost.close();
    }

    /** Whether it has files open. */
    synchronized boolean hasTables() {
        return shelf != null && shelf.hasTables();
    }

    /** It has left memory. */
    void asleep() {
        Shelf last;
        synchronized (this) {
            last = shelf;
        }
        if (last != null) {
            last.close();
        }
    }

    @Override
    public void alarmMoved(AlarmState alarm) {
        space.alarmMoved(alarm);
    }

    ObjectException abort(Turn turn, String reason) {
        ObjectException failure = new ObjectException(ObjectFault.ABORTED, reason);
        turn.doom(failure);
        failWaiting(new ObjectException(ObjectFault.RESET, "the object gave itself up: " + reason));
        return failure;
    }

    void failWaiting(ObjectException failure) {
        for (Message<C, ?> message : line.clear()) {
            line.settled();
            message.answer().completeExceptionally(failure);
        }
    }

    // ---- what a call may do with its turn

    /** Waits until what the turn has written, and seen, is durable. */
    void makeDurable(Turn turn, Shelf mine) {
        turn.ensureHopeful();
        turn.message().ensureWanted();
        Draft draft = turn.take();
        Optional<CompletableFuture<Boolean>> gate = gate(mine, draft, turn.message());
        try {
            gate.ifPresent(CompletableFuture::join);
            draft.release();
        } catch (CompletionException e) {
            Throwable failure = cause(e);
            draft.dropFrames();
            turn.lost(failure);
            throw Message.<RuntimeException>unchecked(failure);
        }
    }

    /** A failed gate is the answer's business; here it only says that there is room again. */
    static void joinQuietly(CompletableFuture<Boolean> gate) {
        gate.handle((durable, failure) -> true).join();
    }

    <T, X extends Exception> T outside(Turn turn, Context<C> life, ObjectStorage.Work<T, X> work)
            throws X {
        boolean keeps = turn.isBlocking();
        turn.outside(true);
        if (!keeps) {
            passOn();
        }
        try {
            return work.run();
        } finally {
            if (!keeps) {
                line.takeAgain();
            }
            turn.outside(false);
            ensureAlive(turn, life);
        }
    }

    private void ensureAlive(Turn turn, Context<C> life) {
        turn.message().ensureWanted();
        synchronized (this) {
            if (shelf == null || (context != life && !turn.isMaking())) {
                throw new ObjectException(
                        ObjectFault.RESET,
                        "the object was given up while this call waited outside; call it again");
            }
        }
    }

    <T, X extends Exception> T blocking(Turn turn, Context<C> life, ObjectStorage.Work<T, X> work)
            throws X {
        Duration limit = space.options().limits().maxBlock();
        AtomicBoolean late = new AtomicBoolean();
        Runnable cancel =
                space.options()
                        .timeline()
                        .schedule(
                                limit,
                                () -> {
                                    late.set(true);
                                    turn.message().interrupt();
                                });
        turn.block();
        try {
            T answer = work.run();
            if (late.get()) {
                throw tooLong(limit, null);
            }
            return answer;
        } catch (Throwable e) { // whatever it was, the object is given up
            RuntimeException given = late.get() ? tooLong(limit, e) : null;
            turn.doom(Shelf.reset(e));
            forgetLife(turn);
            failWaiting(
                    new ObjectException(
                            ObjectFault.RESET,
                            "a block that kept all others out failed, and the object was given up;"
                                    + " call it again",
                            e));
            if (given != null) {
                Thread.interrupted(); // that was ours
                throw given;
            }
            throw Message.<X>unchecked(e);
        } finally {
            cancel.run();
            turn.unblock();
        }
    }

    private static ObjectException tooLong(Duration limit, @Nullable Throwable cause) {
        if (cause instanceof ObjectException known
                && known.fault() == ObjectFault.BLOCKED_TOO_LONG) {
            return known;
        }
        String detail = "the block took longer than " + limit + ", and the object was given up";
        return cause == null
                ? new ObjectException(ObjectFault.BLOCKED_TOO_LONG, detail)
                : new ObjectException(ObjectFault.BLOCKED_TOO_LONG, detail, cause);
    }

    /** Gives up what runs and what waits. */
    void stop() {
        failWaiting(new ObjectException(ObjectFault.CLOSED, "the space was closed"));
        Message<C, ?> last = running;
        if (last != null) {
            last.giveUp(ObjectFault.CLOSED);
        }
        asleep();
    }
}
