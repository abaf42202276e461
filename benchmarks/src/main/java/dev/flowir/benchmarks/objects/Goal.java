package dev.flowir.benchmarks.objects;

import java.util.List;

/**
 * A ratio of two rates that are measured in one run.
 *
 * @param text the goal in words
 * @param ours what we do
 * @param other what it is compared with
 * @param least how many times that it has to be
 */
record Goal(String text, Pair ours, Pair other, double least) {

    /**
     * Whose rate.
     *
     * @param work at which work
     * @param who whose
     */
    record Pair(Work work, Contender who) {}

    static final List<Goal> ALL =
            List.of(
                    goal(Work.CALL, Contender.CALLED, 2, Contender.PEKKO_ASK),
                    goal(Work.CALLS, Contender.CALLED, 2, Contender.PEKKO_ASK),
                    goal(Work.SENDS, Contender.SENT, 2, Contender.PEKKO_TELL),
                    goal(Work.WRITES, Contender.WRITING, 0.5, Contender.STORE),
                    goal(Work.WRITES, Contender.WRITING, 5, Contender.PEKKO_PERSIST),
                    goal(Work.HOT, Contender.WRITING, 0.5, Contender.FILE),
                    goal(Work.HOT, Contender.WRITING, 5, Contender.PEKKO_PERSIST),
                    new Goal(
                            "256 callers of one object share commits: > one `fdatasync` a message",
                            new Pair(Work.HOT_MANY, Contender.WRITING),
                            new Pair(Work.HOT, Contender.FILE),
                            1),
                    goal(Work.HOT_MANY, Contender.WRITING, 5, Contender.PEKKO_PERSIST));

    private static Goal goal(Work work, Contender ours, double least, Contender other) {
        String times = least == Math.rint(least) ? "" + (long) least : "" + least;
        return new Goal(
                work.title() + ": ≥ " + times + " × " + other.title(),
                new Pair(work, ours),
                new Pair(work, other),
                least);
    }
}
