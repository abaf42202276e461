package dev.flowir.benchmarks.report;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A bound on a cost: on a number of ours, or on its ratio to another number of the same run.
 *
 * @param text the goal in words
 * @param ours the number that is bounded
 * @param against what it is divided by; empty for a bound on the number itself
 * @param atMost the bound
 */
public record Goal(String text, Figure ours, Optional<Figure> against, double atMost) {

    /** What came of a goal. */
    public sealed interface Verdict {

        /** {@return the cell of the table} */
        String words();
    }

    /**
     * The bound was kept.
     *
     * @param measured what was measured
     */
    public record Met(double measured) implements Verdict {
        @Override
        public String words() {
            return "met";
        }
    }

    /**
     * The bound was not kept.
     *
     * @param measured what was measured
     * @param times the measured number over the bound
     */
    public record Missed(double measured, double times) implements Verdict {
        @Override
        public String words() {
            return String.format(Locale.ROOT, "**falls short by %.2f×**", times);
        }
    }

    /** One of the two numbers is not in the run. */
    public record NotMeasured() implements Verdict {
        @Override
        public String words() {
            return "not measured in this run";
        }
    }

    /**
     * A ratio of costs.
     *
     * @param text the goal in words
     * @param ours the number that is bounded
     * @param against what it is divided by
     * @param atMost the bound of the ratio
     * @return the goal
     */
    public static Goal ratio(String text, Figure ours, Figure against, double atMost) {
        return new Goal(text, ours, Optional.of(against), atMost);
    }

    /**
     * At least so many times cheaper than another.
     *
     * @param text the goal in words
     * @param ours the number that is bounded
     * @param against what must cost more
     * @param times how many times more
     * @return the goal
     */
    public static Goal cheaper(String text, Figure ours, Figure against, double times) {
        return ratio(text, ours, against, 1 / times);
    }

    /**
     * A bound on a number.
     *
     * @param text the goal in words
     * @param ours the number that is bounded
     * @param atMost the bound
     * @return the goal
     */
    public static Goal bound(String text, Figure ours, double atMost) {
        return new Goal(text, ours, Optional.empty(), atMost);
    }

    /** {@return the same about processor time; empty when it is not about time, or not a ratio} */
    Optional<Goal> byProcessor() {
        return against.filter(base -> ours.isWall() && base.isWall())
                .map(base ->
                        ratio(text, ours.of(Measurement.CPU), base.of(Measurement.CPU), atMost));
    }

    /** {@return what came of it} */
    Verdict judge(Collection<Measurement> measurements) {
        OptionalDouble number = ours.in(measurements);
        OptionalDouble base =
                against.isPresent() ? against.get().in(measurements) : OptionalDouble.of(1);
        if (number.isEmpty() || base.isEmpty()) {
            return new NotMeasured();
        }
        double measured = number.getAsDouble() / base.getAsDouble();
        return measured <= atMost ? new Met(measured) : new Missed(measured, measured / atMost);
    }
}
