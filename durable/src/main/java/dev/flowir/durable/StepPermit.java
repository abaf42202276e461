package dev.flowir.durable;

import dev.flowir.kernel.host.NodePermits;

/**
 * The permit of one attempt at a node that says how many of its bodies run at a time: taken before
 * its body is called, given back once, however the attempt ends.
 */
final class StepPermit implements NodePermits.Waiter {

    private enum State {
        AWAITED,
        HELD,
        BEGUN,
        OVER
    }

    private final NodePermits permits;
    private final int node;
    private final Object item;
    private final Runnable begin;
    private State state = State.AWAITED;
    private boolean givenUp;

    /**
     * A permit that nobody asked for yet.
     *
     * @param item what the body gets
     * @param begin begins the attempt when it had to wait for its permit
     */
    StepPermit(NodePermits permits, int node, Object item, Runnable begin) {
        this.permits = permits;
        this.node = node;
        this.item = item;
        this.begin = begin;
    }

    /** Takes a permit; false when it waits for one in the line, and begins by itself. */
    synchronized boolean enters() {
        boolean entered = permits.enter(node, item, this);
        if (entered) {
            state = State.HELD;
        }
        return entered;
    }

    @Override
    public void admitted() {
        boolean wanted;
        synchronized (this) {
            wanted = !givenUp;
            state = wanted ? State.HELD : State.OVER;
        }
        if (wanted) {
            begin.run();
        } else {
            permits.release(node);
        }
    }

    /** Fails where nobody can tell the item's place in the line; it has left it by now. */
    void check() {
        permits.check(node, item);
    }

    /** Whether the body may be called. */
    synchronized boolean begins() {
        boolean may = state == State.HELD;
        if (may) {
            state = State.BEGUN;
        }
        return may;
    }

    /** The body has ended. */
    void ended() {
        leave(State.BEGUN);
    }

    /** Gives up an attempt; true when its body was not called and will not be. */
    boolean giveUp() {
        synchronized (this) {
            givenUp = true;
            if (state == State.AWAITED) {
                state = permits.leave(node, this) ? State.OVER : State.AWAITED;
                return true; // who is admitted at this moment gives the permit back itself
            }
        }
        return leave(State.HELD);
    }

    private boolean leave(State from) {
        synchronized (this) {
            if (state != from) {
                return false;
            }
            state = State.OVER;
        }
        permits.release(node);
        return true;
    }
}
