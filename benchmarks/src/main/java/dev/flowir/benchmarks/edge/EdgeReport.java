package dev.flowir.benchmarks.edge;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report in Markdown. The goals are those of the project, met or not. */
final class EdgeReport {

    private static final double MOST_COLD = 1.2;
    private static final double MOST_MEDIAN = 1.1;
    private static final double MOST_TAIL = 1.5;
    private static final double TAIL_PERCENT = 99;

    private EdgeReport() {}

    /**
     * What was measured of the workers that answer one question.
     *
     * @param bytes of the modules, packed with gzip
     * @param cold starts
     * @param warm answers
     */
    record Measured(
            Map<Contender, Long> bytes,
            Map<Contender, Starts.Cold> cold,
            Map<Contender, Answers.Warm> warm) {}

    static String of(
            String machine,
            int starts,
            int seconds,
            Map<Question, Measured> measured,
            Map<Contender, Tasks.Figures> tasked,
            Map<Sums, Map<Contender, Times>> computed) {
        StringBuilder text = new StringBuilder("# Workers beside workers written by hand\n\n");
        text.append("Written by `./bench edge`, which makes yours. ")
                .append(machine)
                .append(".\n\n")
                .append(
                        String.format(
                                Locale.ROOT,
                                "All in the same workerd, each worker in a process of its own, with"
                                        + " nothing before its socket. A cold start is the time"
                                        + " from the start of the process to the whole of the first"
                                        + " answer, the middle of %d by turns; beside it what of"
                                        + " that came after the worker listened. Warm answers: one"
                                        + " connection, one request after another, %d s each in"
                                        + " slices of half a second by turns, with the processor"
                                        + " time of the worker's process. All give the same"
                                        + " answer. `echo` is a flow of one node; `quote` prices an"
                                        + " order of twenty lines by four nodes with a fan-out and"
                                        + " a join. By hand both are a module that looks at"
                                        + " what comes in and sends the same headers.%n%n",
                                starts,
                                seconds))
                .append(
                        "| | bytes, gzip | cold, ms | first answer, ms | p50, µs | p99, µs |"
                                + " processor, µs |\n")
                .append("|---|--:|--:|--:|--:|--:|--:|\n");
        measured.forEach((question, all) -> {
            for (Contender who : Contender.values()) {
                text.append(row(question, who, all));
            }
        });
        text.append("\n| goal | measured | |\n|---|--:|---|\n");
        measured.forEach((question, all) -> goals(text, question, all));
        tasks(text, tasked);
        text.append(
                "\nA node that only computes, in the same workers but for what they are compiled"
                        + " to; the answer is that of a JVM.\n\n| | JavaScript, ms | WebAssembly,"
                        + " ms | of JavaScript (goal 1) | |\n|---|--:|--:|--:|---|\n");
        computed.forEach((sums, both) -> text.append(computing(sums, both)));
        return text.toString();
    }

    private static String row(Question question, Contender who, Measured all) {
        Starts.Cold cold = measuredOf(all.cold(), who);
        Answers.Warm warm = measuredOf(all.warm(), who);
        return String.format(
                Locale.ROOT,
                "| %s, %s | %,d | %.1f | %.1f | %.0f | %.0f | %.0f |%n",
                question.name(),
                who.title(),
                measuredOf(all.bytes(), who),
                millis(cold.answered().median()),
                millis(cold.first().median()),
                micros(warm.times().median()),
                micros(warm.times().percentile(TAIL_PERCENT)),
                micros(warm.processorNanos()));
    }

    private static void goals(StringBuilder text, Question question, Measured all) {
        for (Contender who : List.of(Contender.JAVASCRIPT, Contender.WEBASSEMBLY)) {
            String name = question.name() + ", " + who.title();
            Times warm = measuredOf(all.warm(), who).times();
            Times hand = measuredOf(all.warm(), Contender.HAND).times();
            text.append(
                    goal(
                            name + ": cold start",
                            measuredOf(all.cold(), who).answered().median(),
                            measuredOf(all.cold(), Contender.HAND).answered().median(),
                            MOST_COLD));
            answers(text, name + ":", warm, hand);
        }
    }

    private static void tasks(StringBuilder text, Map<Contender, Tasks.Figures> tasked) {
        text.append(
                "\nThe task runner of the examples: a task is two statements of D1 in a batch and a"
                        + " message, a look at one is a statement, and a consumer works on the"
                        + " messages meanwhile. By hand it is a module with the same routes,"
                        + " statements and messages. D1 and the queue are those of the platform's"
                        + " simulator, in front of all three, which is in each time; a start begins"
                        + " with that of its process.\n\n| | bytes, gzip | cold, ms | first"
                        + " answer, ms | POST p50, µs | p99, µs | read p50, µs | p99, µs"
                        + " |\n|---|--:|--:|--:|--:|--:|--:|--:|\n");
        for (Contender who : Contender.values()) {
            Tasks.Figures it = measuredOf(tasked, who);
            text.append(
                    String.format(
                            Locale.ROOT,
                            "| task runner, %s | %,d | %.1f | %.1f | %.0f | %.0f | %.0f | %.0f |%n",
                            who.title(),
                            it.bytes(),
                            millis(it.answered().median()),
                            millis(it.first().median()),
                            micros(it.posts().median()),
                            micros(it.posts().percentile(TAIL_PERCENT)),
                            micros(it.reads().median()),
                            micros(it.reads().percentile(TAIL_PERCENT))));
        }
        text.append("\n| goal | measured | |\n|---|--:|---|\n");
        Tasks.Figures hand = measuredOf(tasked, Contender.HAND);
        for (Contender who : List.of(Contender.JAVASCRIPT, Contender.WEBASSEMBLY)) {
            Tasks.Figures it = measuredOf(tasked, who);
            String name = "task runner, " + who.title();
            text.append(
                    goal(
                            name + ": cold start",
                            it.answered().median(),
                            hand.answered().median(),
                            MOST_COLD));
            answers(text, name + ": POST", it.posts(), hand.posts());
            answers(text, name + ": read", it.reads(), hand.reads());
        }
    }

    private static void answers(StringBuilder text, String name, Times ours, Times hand) {
        text.append(goal(name + " p50", ours.median(), hand.median(), MOST_MEDIAN));
        text.append(
                goal(
                        name + " p99",
                        ours.percentile(TAIL_PERCENT),
                        hand.percentile(TAIL_PERCENT),
                        MOST_TAIL));
    }

    private static String goal(String name, long ours, long hand, double most) {
        double ratio = (double) ours / hand;
        return String.format(
                Locale.ROOT,
                "| %s: ≤ %.1f × by hand | %.2f × | %s |%n",
                name,
                most,
                ratio,
                verdict(ratio <= most));
    }

    private static String computing(Sums sums, Map<Contender, Times> both) {
        long script = measuredOf(both, Contender.JAVASCRIPT).median();
        long assembly = measuredOf(both, Contender.WEBASSEMBLY).median();
        double ratio = (double) assembly / script;
        return String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.2f | %s |%n",
                sums.title(),
                millis(script),
                millis(assembly),
                ratio,
                verdict(ratio <= 1));
    }

    private static String verdict(boolean met) {
        return met ? "met" : "**falls short**";
    }

    private static <T> T measuredOf(Map<Contender, T> all, Contender who) {
        T it = all.get(who);
        if (it == null) {
            throw new IllegalStateException("nothing was measured of " + who.title());
        }
        return it;
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    private static double micros(long nanos) {
        return nanos / 1e3;
    }
}
