package dev.flowir.object;

import dev.flowir.kernel.cap.Fence;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call on its way: waiting, running, becoming durable, or given up by its caller. */
final class Message<C, T> {

    /** What a call may do. */
    enum Kind {
        READ,
        WRITE,
        ALARM
    }

    private enum State {
        WAITING,
        RUNNING,
        COMMITTING,
        GIVEN_UP
    }

    private final Kind kind;
    private final ObjectViewRef.Call<? super C, T, ?> call;
    private final Fence fence;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private State state = State.WAITING;
    private @Nullable Thread runner;
    private @Nullable Line<C> line;
    private boolean recorded;
    private boolean first;
    private ObjectFault because = ObjectFault.WITHDRAWN;

    Message(Kind kind, ObjectViewRef.Call<? super C, T, ?> call, Fence fence) {
        this.kind = kind;
        this.call = call;
        this.fence = fence;
    }

    Kind kind() {
        return kind;
    }

    Fence fence() {
        return fence;
    }

    CompletableFuture<T> answer() {
        return answer;
    }

    /** Where it waits: told when it will not run. */
    synchronized void waitsIn(Line<C> place) {
        line = place;
    }

    /** It has the turn already. Known to the thread that brought it. */
    void first() {
        first = true;
    }

    boolean isFirst() {
        return first;
    }

    /** Its failure is durable: an alarm knows then what it does next. */
    synchronized void recorded() {
        recorded = true;
    }

    synchronized boolean isRecorded() {
        return recorded;
    }

    /** Calls back at the answer, on the thread that gives it. */
    void whenAnswered(Consumer<Optional<Throwable>> action) {
        CompletableFuture<T> unused =
                answer.whenComplete(
                        (value, failure) -> action.accept(Optional.ofNullable(failure)));
    }

    T runOn(C object) throws Exception {
        return call.run(object);
    }

    /** Takes it from the line; false when its caller gave it up meanwhile. */
    synchronized boolean start() {
        if (state != State.WAITING) {
            return false;
        }
        state = State.RUNNING;
        runner = Thread.currentThread();
        return true;
    }

    /** What it wrote may be kept from now on; refused when its caller gave it up. */
    synchronized void commit() {
        if (state == State.GIVEN_UP) {
            throw givenUp();
        }
        state = State.COMMITTING;
    }

    /** Refuses to go on when its caller gave it up. */
    synchronized void ensureWanted() {
        if (state == State.GIVEN_UP) {
            throw givenUp();
        }
    }

    /** Its code is over: nobody interrupts the thread any more. */
    synchronized void over() {
        runner = null;
    }

    /** Interrupts its code, if it runs. */
    synchronized void interrupt() {
        if (runner != null) {
            runner.interrupt();
        }
    }

    /**
     * Gives it up: one that waits will not run, one that runs is interrupted and keeps nothing.
     *
     * @return false when it is about to become durable, or is answered
     */
    boolean giveUp(ObjectFault fault) {
        Line<C> waitsIn;
        synchronized (this) {
            if (state == State.COMMITTING || state == State.GIVEN_UP || answer.isDone()) {
                return false;
            }
            waitsIn = state == State.WAITING ? line : null;
            state = State.GIVEN_UP;
            because = fault;
            if (runner != null) {
                runner.interrupt();
            }
        }
        if (waitsIn != null) {
            waitsIn.withdraw(this);
        }
        answer.completeExceptionally(givenUp());
        return true;
    }

    private ObjectException givenUp() {
        return switch (because) {
            case TIMED_OUT ->
                    new ObjectException(because, "the time of the call was over; it left nothing");
            case CLOSED ->
                    new ObjectException(because, "the space was closed; the call left nothing");
            default ->
                    new ObjectException(
                            because, "the caller was interrupted; the call left nothing");
        };
    }

    /** Waits for the answer; an interrupt gives the call up, and is kept. */
    T await() {
        boolean interrupted = false;
        try {
            for (; ; ) {
                try {
                    return answer.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    giveUp(ObjectFault.WITHDRAWN);
                } catch (ExecutionException e) {
                    throw Message.<RuntimeException>unchecked(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Passes a failure on as it is: the signature of the call says what it may be. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <X extends Throwable> X unchecked(@Nullable Throwable failure) throws X {
        throw (X) (failure == null ? new IllegalStateException("no failure") : failure);
    }
}
