package dev.flowir.benchmarks.watchdogs;

import dev.flowir.benchmarks.Peers;
import java.util.List;
import java.util.SplittableRandom;

/** Very many alarms that stand, and one more that comes and goes. */
public abstract sealed class Standing implements AutoCloseable {

    /** All contenders. */
    public static final List<String> PEERS =
            List.of(
                    Peers.FLOW_TIMERS,
                    Peers.FLOW_TIMERS_CLOCK,
                    Peers.SCHEDULED,
                    Peers.NETTY_WHEEL,
                    Peers.AGRONA_WHEEL,
                    Peers.OR_TIMEOUT);

    /** Different lengths: few, as in a program. None passes while this is measured. */
    private static final long[] MINUTES = {60, 90, 120, 240};

    private static final long NANOS_PER_MINUTE = 60_000_000_000L;

    /**
     * Arms all that stand.
     *
     * @param peer name of the contender
     * @param standing how many
     * @return the contender with its alarms
     */
    public static Standing of(String peer, int standing) {
        return switch (peer) {
            case Peers.FLOW_TIMERS ->
                    new AmongNumbers(new Kinds.Ours(), Clock.ONCE_FOR_SOME, standing);
            case Peers.FLOW_TIMERS_CLOCK ->
                    new AmongNumbers(new Kinds.Ours(), Clock.EACH_TIME, standing);
            case Peers.SCHEDULED -> new Among<>(new Kinds.Scheduled(), standing);
            case Peers.NETTY_WHEEL -> new Among<>(new Kinds.Wheel(), standing);
            case Peers.AGRONA_WHEEL ->
                    new AmongNumbers(new Kinds.Deadlines(), Clock.ONCE_FOR_SOME, standing);
            case Peers.OR_TIMEOUT -> new Among<>(new Kinds.Futures(), standing);
            default -> throw new IllegalArgumentException(peer);
        };
    }

    /** Arms an alarm and cancels the same. */
    public abstract void recent();

    /** Cancels any of those that stand, and arms another in its place. */
    public abstract void random();

    /** Ends the contender. */
    @Override
    public abstract void close();

    /** Who reads the clock for timers that are told the time. */
    private enum Clock {
        /** An event loop, or a machine that gets its events with the time of each. */
        ONCE_FOR_SOME,
        /** Somebody who does nothing else. */
        EACH_TIME
    }

    /** What nearly all contenders give is an object. */
    private static final class Among<H> extends Standing {
        private final Alarms<H> alarms;
        private final Object[] handles;
        private final SplittableRandom random = new SplittableRandom(1);
        private int turn;

        Among(Alarms<H> alarms, int standing) {
            this.alarms = alarms;
            this.handles = new Object[standing];
            for (int i = 0; i < standing; i++) {
                handles[i] = alarms.arm(next());
            }
        }

        private long next() {
            return minutes(turn++);
        }

        @Override
        public void recent() {
            alarms.cancel(alarms.arm(next()));
        }

        @Override
        @SuppressWarnings("unchecked") // only what arm gave is in there
        public void random() {
            int place = random.nextInt(handles.length);
            alarms.cancel((H) handles[place]);
            handles[place] = alarms.arm(next());
        }

        @Override
        @SuppressWarnings("unchecked") // as above
        public void close() {
            for (Object handle : handles) {
                alarms.cancel((H) handle);
            }
            alarms.close();
        }
    }

    private static long minutes(int turn) {
        return MINUTES[turn & (MINUTES.length - 1)] * NANOS_PER_MINUTE;
    }

    /** Timers that are numbers are kept as such. */
    private static final class AmongNumbers extends Standing {

        /** Alarms between two looks at the clock. */
        private static final int SOME = 64;

        private final Numbers alarms;
        private final boolean eachTime;
        private final long[] handles;
        private final SplittableRandom random = new SplittableRandom(1);
        private long nowNanos;
        private int turn;

        AmongNumbers(Numbers alarms, Clock clock, int standing) {
            this.alarms = alarms;
            this.eachTime = clock == Clock.EACH_TIME;
            this.handles = new long[standing];
            for (int i = 0; i < standing; i++) {
                handles[i] = arm();
            }
        }

        private long arm() {
            int now = turn++;
            if (eachTime || now % SOME == 0) {
                nowNanos = System.nanoTime();
            }
            return alarms.arm(nowNanos, minutes(now));
        }

        @Override
        public void recent() {
            alarms.cancel(arm());
        }

        @Override
        public void random() {
            int place = random.nextInt(handles.length);
            alarms.cancel(handles[place]);
            handles[place] = arm();
        }

        @Override
        public void close() {
            for (long handle : handles) {
                alarms.cancel(handle);
            }
            alarms.close();
        }
    }
}
