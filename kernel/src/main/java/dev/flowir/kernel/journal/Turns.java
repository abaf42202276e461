package dev.flowir.kernel.journal;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Who may begin when, of flows that are limited: as part of a transaction of the journal. Runs are
 * in lines, one for each key of a flow, in the order in which they came.
 */
public interface Turns {

    /**
     * A line.
     *
     * @param flow name of the flow
     * @param key of which runs; empty for all of the flow
     */
    record Line(String flow, String key) {}

    /**
     * Puts a run at the end of a line.
     *
     * @param run the run
     * @param line the line
     */
    void lineUp(long run, Line line);

    /**
     * A run leaves the line's head and begins.
     *
     * @param run the run
     * @param nowMillis when, since 1970
     */
    void begin(long run, long nowMillis);

    /**
     * A run is over, or no longer wants to begin.
     *
     * @param run the run
     * @return the line that it stood in or began from; empty for none
     */
    Optional<Line> leave(long run);

    /**
     * {@return runs of a line that began and are not over}
     *
     * @param line the line
     */
    int underWay(Line line);

    /**
     * {@return when a run of the line began, over or not, since 1970; empty when so many never did
     * or it is forgotten}
     *
     * @param line the line
     * @param back 0 for the last that did, 1 for the one before it
     */
    OptionalLong began(Line line, int back);

    /**
     * {@return the run at the head of a line}
     *
     * @param line the line
     */
    OptionalLong head(Line line);

    /** {@return lines in which runs wait} */
    List<Line> lines();

    /**
     * Forgets when runs of a flow began that are over.
     *
     * @param flow name of the flow
     * @param beforeMillis only those that began before, since 1970
     */
    void forget(String flow, long beforeMillis);
}
