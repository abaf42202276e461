package dev.flowir.kernel.exec;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Deals the inputs of a feed out to its workers, on the thread that calls, and has helpers look
 * after their shares. Wake-ups are what costs where work is short: a helper that finds nothing to
 * do naps for a moment, in which some work collects, before it sleeps and must be woken; and when a
 * share is full, whoever deals works too.
 *
 * @param <I> what goes in
 * @param <O> what comes out
 */
final class Dealing<I, O> {

    private static final long NAP_NANOS = 50_000;
    private static final int NAPS = 20;
    private static final long SLEEP_NANOS = 1_000_000_000;
    private static final int GOLDEN = 0x9E3779B9;

    private final Feeding<I, O> feeding;
    private final List<Share<I, O>> shares;
    private final Optional<Function<? super I, ?>> key;

    /** Whether the flow only computes: then more threads than processors are of no use. */
    private final boolean computes;

    private final Queue<Thread> sleepers = new ConcurrentLinkedQueue<>();
    private volatile boolean dealt;
    private int turn;

    Dealing(
            Feeding<I, O> feeding,
            List<Share<I, O>> shares,
            Optional<Function<? super I, ?>> key,
            boolean computes) {
        this.feeding = feeding;
        this.shares = shares;
        this.key = key;
        this.computes = computes;
    }

    /** Takes all inputs through; returns when nobody works any more. */
    void run(Iterator<? extends I> source) {
        List<Thread> helpers = helpers();
        try {
            deal(source);
        } catch (Throwable thrown) { // the source's
            feeding.broke(thrown);
        } finally {
            dealt = true;
            helpers.forEach(LockSupport::unpark);
            if (computes) {
                help(0);
            }
            join(helpers);
        }
        for (Share<I, O> share : shares) {
            while (share.hasNext()) { // after it was stopped
                feeding.left(share.next());
            }
        }
    }

    private List<Thread> helpers() {
        int most = computes ? java.lang.Runtime.getRuntime().availableProcessors() : shares.size();
        Thread.Builder builder = computes ? Thread.ofPlatform().daemon() : Thread.ofVirtual();
        List<Thread> helpers = new ArrayList<>();
        for (int i = 0; i < Math.min(most, shares.size()); i++) {
            int first = i;
            helpers.add(builder.name("flowir-feed").start(() -> help(first)));
        }
        return helpers;
    }

    // ---- dealing

    private void deal(Iterator<? extends I> source) {
        for (long number = 0; feeding.goesOn() && source.hasNext(); number++) {
            I input = Objects.requireNonNull(source.next(), "the source of a feed gave null");
            if (!deal(input, number)) {
                feeding.left(input);
            } else if (!sleepers.isEmpty()) {
                LockSupport.unpark(sleepers.poll());
            }
        }
    }

    /** Deals an input out when there is room; false when the feed is stopped before. */
    private boolean deal(I input, long number) {
        if (key.isPresent()) {
            Share<I, O> share = shares.get(shareOf(key.get().apply(input)));
            while (!share.offer(input, number)) {
                if (!makesRoom(share)) {
                    return false;
                }
            }
            return true;
        }
        while (!dealToAny(input, number)) {
            if (!makesRoom(shares.get(turn))) {
                return false;
            }
        }
        return true;
    }

    private boolean dealToAny(I input, long number) {
        for (int tries = 0; tries < shares.size(); tries++) {
            turn = turn + 1 == shares.size() ? 0 : turn + 1;
            if (shares.get(turn).offer(input, number)) {
                return true;
            }
        }
        return false;
    }

    /** Keys that lie close together shall not have the same worker. */
    private int shareOf(Object value) {
        int spread = value.hashCode() * GOLDEN;
        return (int) (((spread & 0xFFFF_FFFFL) * shares.size()) >>> 32);
    }

    /** Works, or waits for a moment; false when the feed is stopped. */
    private boolean makesRoom(Share<I, O> share) {
        if (!(computes && (workOn(share) || pass(0)))) {
            share.awaitRoom();
        }
        return feeding.goesOn();
    }

    // ---- helping

    /** Looks after all shares until everything is dealt out and done. */
    private void help(int first) {
        int naps = 0;
        while (!feeding.isStopped()) {
            boolean last = dealt; // asked before the shares are looked at
            if (pass(first)) {
                naps = 0;
            } else if (last) {
                return;
            } else if (computes && naps < NAPS) {
                naps++;
                LockSupport.parkNanos(this, NAP_NANOS);
            } else {
                sleep();
            }
        }
    }

    /** Looks at each share once, and works on those that need it. */
    private boolean pass(int first) {
        boolean worked = false;
        for (int i = 0; i < shares.size(); i++) {
            worked |= workOn(shares.get((first + i) % shares.size()));
        }
        return worked;
    }

    private boolean workOn(Share<I, O> share) {
        try {
            return share.work();
        } catch (Throwable thrown) { // the consumer's
            feeding.broke(thrown);
            return true;
        }
    }

    private void sleep() {
        sleepers.add(Thread.currentThread()); // before the last look
        if (!dealt && shares.stream().allMatch(Share::isSettled)) {
            LockSupport.parkNanos(this, SLEEP_NANOS);
        }
        sleepers.remove(Thread.currentThread());
    }

    /** Waits until all have gone; an interrupt is kept. */
    private static void join(List<Thread> helpers) {
        boolean interrupted = false;
        for (Thread helper : helpers) {
            while (helper.isAlive()) {
                try {
                    helper.join();
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
