package dev.flowir.ir.check;

/**
 * One kind of finding, under a name that never changes its meaning.
 *
 * @param id stable name, for example {@code DAG205}
 * @param subsystem part that reports it: {@code parse}, {@code validation}, {@code lint} or {@code
 *     runtime}
 * @param severity how much it weighs
 * @param summary the finding in one line
 * @param explanation why it is one, in a few sentences
 * @param suggestion what to do about it
 */
public record Code(
        String id,
        String subsystem,
        Severity severity,
        String summary,
        String explanation,
        String suggestion) {}
