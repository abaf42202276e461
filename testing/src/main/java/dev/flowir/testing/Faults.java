package dev.flowir.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What goes wrong in one try of a flow, and in which order the rest happens. */
class Faults {

    /** What happens at one write of the journal. */
    enum When {
        /** The process ends, and the write never happened. */
        BEFORE,
        /** The process ends in the middle: everything was written and nothing committed. */
        TORN,
        /** The process ends, the write happened, and nobody was told. */
        AFTER,
        /** It fails as on a full disk before it began; the process lives. */
        REFUSED,
        /** It fails as on a disk that is full at the commit; the process lives. */
        UNDONE,
        /** Nothing goes wrong. */
        NEVER;

        /** {@return all but {@link #NEVER}} */
        static List<When> faults() {
            return List.of(BEFORE, TORN, AFTER, REFUSED, UNDONE);
        }

        boolean endsTheProcess() {
            return this == BEFORE || this == TORN || this == AFTER;
        }
    }

    /** Nothing goes wrong, and everything happens in the order in which it was asked for. */
    static Faults none() {
        return new Faults();
    }

    /** One fault, at write number {@code at} of the first process. */
    static Faults once(int at, When when) {
        return new Faults() {
            private boolean happened;

            @Override
            When at(int write) {
                if (happened || write != at) {
                    return When.NEVER;
                }
                happened = true;
                return when;
            }
        };
    }

    /** Faults drawn from a seed: the same seed is the same story. */
    static Faults drawn(long seed) {
        return new Drawn(seed);
    }

    /** What happens at a write; they are counted from 1 in each process. */
    When at(int write) {
        return When.NEVER;
    }

    /** Which of so many waiting tasks is done next. */
    int pick(int tasks) {
        return 0;
    }

    /** Whether the process ends before the next task, with all tasks that wait. */
    boolean endsNow() {
        return false;
    }

    /** How often an alarm rings that rings once. */
    int rings() {
        return 1;
    }

    /** By how much an alarm is late. */
    long lateNanos() {
        return 0;
    }

    /** {@return what went wrong so far, for people} */
    List<String> told() {
        return List.of();
    }

    private static final class Drawn extends Faults {

        /** A step is repeated five times for lost processes; beyond, its run rightly fails. */
        private static final int MOST = 4;

        private static final int ONE_WRITE_IN = 5;
        private static final int ONE_TASK_IN = 12;
        private static final int ONE_ALARM_IN = 3;
        private static final int LATEST_NANOS = 50_000_000;

        private final SplittableRandom random;
        private final List<String> told = new ArrayList<>();

        Drawn(long seed) {
            this.random = new SplittableRandom(seed);
        }

        private boolean happens(int oneIn) {
            return told.size() < MOST && random.nextInt(oneIn) == 0;
        }

        @Override
        When at(int write) {
            if (!happens(ONE_WRITE_IN)) {
                return When.NEVER;
            }
            When when = When.faults().get(random.nextInt(When.faults().size()));
            told.add(when + " write " + write);
            return when;
        }

        @Override
        int pick(int tasks) {
            return random.nextInt(tasks);
        }

        @Override
        boolean endsNow() {
            boolean ends = happens(ONE_TASK_IN);
            if (ends) {
                told.add("tasks DROPPED");
            }
            return ends;
        }

        @Override
        int rings() {
            return random.nextInt(ONE_ALARM_IN) == 0 ? 2 : 1;
        }

        @Override
        long lateNanos() {
            return random.nextInt(ONE_ALARM_IN) == 0 ? random.nextInt(LATEST_NANOS) : 0;
        }

        @Override
        List<String> told() {
            return List.copyOf(told);
        }
    }
}
