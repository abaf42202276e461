package dev.flowir.benchmarks.report;

import java.util.List;

/**
 * One work of the report.
 *
 * @param id for example {@code W2}
 * @param title what it is called
 * @param work simple name of the benchmark's class
 * @param text what is done, in a sentence or two
 * @param item what one item is: the unit of all costs
 * @param goals what is asked of us
 * @param published figures of others that were not measured in the run
 */
public record Chapter(
        String id,
        String title,
        String work,
        String text,
        String item,
        List<Goal> goals,
        List<Measurement> published) {

    /** Copies the lists. */
    public Chapter {
        goals = List.copyOf(goals);
        published = List.copyOf(published);
    }

    /** As above, with nothing but what was measured in the run. */
    public Chapter(
            String id, String title, String work, String text, String item, List<Goal> goals) {
        this(id, title, work, text, item, goals, List.of());
    }
}
