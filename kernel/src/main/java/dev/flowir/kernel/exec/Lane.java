package dev.flowir.kernel.exec;

import dev.flowir.ir.Flow;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a thread runs flows that only compute, one at a time. Its own thread says with one write
 * that a run begins and with another that it ended; the watch looks at it from outside, now and
 * then. So keeping a deadline costs a run two plain stores, and no clock is read for it.
 *
 * <p>A run that takes too long is <em>claimed</em>: the watch writes the number of its turn, which
 * the run meets at its next node. One that does not come that far is interrupted a moment later.
 * The moment is what makes this safe without an atomic instruction per run: a run that was about to
 * end when it was claimed has long said so by then, and one that has not will meet the claim when
 * it ends, and then takes back an interrupt that was meant for it.
 */
final class Lane extends LanePadding {

    /** No time limit. */
    static final long NO_LIMIT = -1;

    private static final VarHandle TURN;
    private static final VarHandle LIMIT;
    private static final VarHandle CLAIM;
    private static final VarHandle LEASED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            TURN = lookup.findVarHandle(Lane.class, "turn", long.class);
            LIMIT = lookup.findVarHandle(Lane.class, "limitNanos", long.class);
            CLAIM = lookup.findVarHandle(Lane.class, "claim", long.class);
            LEASED = lookup.findVarHandle(Lane.class, "leased", boolean.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** What stopped a run: its deadline when {@code reason} is empty, else who cancelled it. */
    record Stop(String reason, String doing) {}

    /** Odd while a run is on. Written by the lane's thread only. */
    private long turn;

    private long limitNanos = NO_LIMIT;

    /** The turn that was given up last. */
    private long claim = NO_LIMIT;

    /** Whose a lane is. */
    private enum Kind {
        /** A platform thread's. */
        OWN,
        /** Borrowed for one run. */
        POOLED,
        /** A feed's or an instance's, for as long as that lasts. */
        HELD
    }

    private final Kind kind;

    /** Time that is left to what runs here, where the lane's limit does not say it. */
    private final @Nullable Supplier<OptionalLong> remaining;

    private final boolean pooled;
    private long input;
    private @Nullable Flow<?, ?> lastFlow;
    private @Nullable InlineFlow lastInline;
    private boolean leased;
    private volatile @Nullable Thread runner;

    // ---- guarded by this
    private Stop stop = new Stop("", "");
    private boolean interrupted;

    // ---- the watch's own
    volatile long seenTurn;
    volatile long seenAtNanos;

    private Lane(@Nullable Thread runner, Kind kind, @Nullable Supplier<OptionalLong> remaining) {
        this.remaining = remaining;
        this.runner = runner;
        this.kind = kind;
        this.pooled = kind == Kind.POOLED;
    }

    /** The lane of a platform thread, for as long as it lives. */
    static Lane of(Thread runner) {
        return new Lane(runner, Kind.OWN, null);
    }

    /** A lane that virtual threads borrow. */
    static Lane pooled() {
        return new Lane(null, Kind.POOLED, null);
    }

    /** A lane for one who works on a feed. */
    static Lane feeding() {
        return new Lane(null, Kind.HELD, null);
    }

    /** A lane for an instance, which knows itself how much time is left. */
    static Lane of(Supplier<OptionalLong> remaining) {
        return new Lane(null, Kind.HELD, remaining);
    }

    // ---- the lane's thread

    /** Says whose thread runs what is run here from now on; null for nobody's. */
    void runOn(@Nullable Thread thread) {
        runner = thread;
    }

    /** True when the flow that was run here last, or was found not to, is {@code flow}. */
    @SuppressWarnings("ReferenceEquality") // the very flow
    boolean knows(Flow<?, ?> flow) {
        return lastFlow == flow;
    }

    /** The flow that was run here last as one for lanes; null when it is none. */
    @Nullable InlineFlow known() {
        return lastInline;
    }

    void remember(Flow<?, ?> flow, @Nullable InlineFlow inline) {
        lastInline = inline;
        lastFlow = flow;
    }

    /** Borrows a pooled lane; false when somebody else has it. */
    boolean lease(Thread borrower) {
        if (leased || !LEASED.compareAndSet(this, false, true)) {
            return false;
        }
        runner = borrower;
        return true;
    }

    /** True when its thread may begin a run; false within one: a body that runs a flow itself. */
    boolean isIdle() {
        return (turn & 1) == 0;
    }

    /**
     * Begins a run.
     *
     * @return its turn
     */
    long begin(long newLimitNanos) {
        if (limitNanos != newLimitNanos) {
            LIMIT.setRelease(this, newLimitNanos); // after the end of the run before: see the watch
        }
        long now = turn + 1;
        TURN.setRelease(this, now); // the limit is seen by whoever sees the turn
        return now;
    }

    /** Ends the run. */
    void end(long now) {
        TURN.setOpaque(this, now + 1);
        if ((long) CLAIM.getOpaque(this) == now) { // in this order: see the class comment
            settle();
        }
        if (pooled) {
            giveBack();
        }
    }

    /** Gives a pooled lane back; nothing for others. */
    void giveBack() {
        if (pooled) {
            runner = null;
            LEASED.setRelease(this, false);
        }
    }

    /** True once the run of {@code now} was given up. */
    boolean isStopped(long now) {
        return (long) CLAIM.getOpaque(this) == now;
    }

    /** What stopped the run that was given up last. */
    synchronized Stop stop() {
        return stop;
    }

    /** The limit of the run that is on. */
    long limitNanos() {
        return limitNanos;
    }

    /** Takes an interrupt back that came too late for its run. */
    private synchronized void settle() {
        if (interrupted) {
            interrupted = false;
            Thread.interrupted();
        }
    }

    /** Time that is left to what runs here; null when the limit of its run says it. */
    @Nullable Supplier<OptionalLong> remaining() {
        return remaining;
    }

    /** Number of the input that is worked on: 0 for runs, which have one. */
    long input() {
        return input;
    }

    void input(long number) {
        input = number;
    }

    // ---- anybody

    long turn() {
        return (long) TURN.getAcquire(this);
    }

    long limit() {
        return (long) LIMIT.getAcquire(this);
    }

    boolean isOn() {
        return (turn() & 1) == 1;
    }

    /** True when its thread is gone, and the lane with it. */
    boolean isOrphaned() {
        Thread thread = runner;
        return kind == Kind.OWN && (thread == null || !thread.isAlive());
    }

    @Nullable Thread runner() {
        return runner;
    }

    /** Gives the run of {@code expected} up; nothing when it was given up before. */
    synchronized void claim(long expected, Stop why) {
        if (claim != expected) {
            stop = why;
            interrupted = false;
            CLAIM.setVolatile(this, expected);
        }
    }

    /** Gives the run of {@code expected} up and interrupts it if it goes on. */
    void stopSoon(long expected, Stop why) {
        claim(expected, why);
        LockSupport.parkNanos(Lanes.MOMENT_NANOS);
        interrupt(expected);
    }

    /**
     * Interrupts the run of {@code expected}, which was claimed a moment ago, if it is still on.
     */
    synchronized void interrupt(long expected) {
        Thread thread = runner;
        if (claim == expected && turn() == expected && !interrupted && thread != null) {
            interrupted = true;
            thread.interrupt();
        }
    }
}
