package dev.flowir.wasm;

import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.host.Envelope;
import dev.flowir.kernel.journal.JournalFault;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells durable runs page by page, the newest first. */
final class EdgeListDesk implements EdgeDesk {

    /** Runs that a page has at most, and unless it is asked for fewer: as {@code flow runs}. */
    static final int MOST = 100;

    /** Flows of a list. A page reads as many runs as it has of each of them in each state. */
    static final int MOST_FLOWS = 20;

    private static final List<String> STATES =
            List.of(EdgeRunList.RUNNING, EdgeRunList.PAUSED, "COMPLETED", "FAILED", "TERMINATED");

    private static final String STATE = "state";
    private static final String FLOW = "flow";
    private static final String LIMIT = "limit";
    private static final String CURSOR = "cursor";
    private static final List<String> PARAMETERS = List.of(STATE, FLOW, LIMIT, CURSOR);

    /** Digits of a time in a cursor: all of what numbers of JavaScript hold exactly. */
    private static final int MOST_DIGITS = 15;

    private final List<String> flows;

    EdgeListDesk(List<String> flows) {
        if (flows.isEmpty() || flows.size() > MOST_FLOWS) {
            throw new IllegalArgumentException(
                    "a list is of the runs of 1 to "
                            + MOST_FLOWS
                            + " flows, not of "
                            + flows.size()
                            + "; give others another path");
        }
        this.flows = flows;
    }

    /** Names of the flows whose runs it tells. */
    List<String> flows() {
        return flows;
    }

    /** A parameter that is no question. */
    private static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1;
        private final String parameter;

        Refused(String parameter, String why) {
            super(why, null, false, false);
            this.parameter = parameter;
        }
    }

    @Override
    public EdgeReply answer(Asked asked) {
        String input;
        try {
            input = question(asked.query());
        } catch (Refused refused) {
            return EdgeReply.Whole.error(
                    Envelope.of(
                            400,
                            JournalFault.INVALID.code(),
                            String.valueOf(refused.getMessage()),
                            Map.of("parameter", JsonValue.text(refused.parameter)),
                            asked.id()));
        }
        return EdgeRunDesk.answered(EdgeRunList.NAME, EdgeRunList.PAGE, input, 200, asked);
    }

    private String question(Map<String, List<String>> query) {
        for (String name : query.keySet()) {
            if (!PARAMETERS.contains(name)) {
                throw new Refused(
                        name, "a list has no parameter '" + name + "'; it has " + PARAMETERS);
            }
        }
        String limit = one(LIMIT, query, Integer.toString(MOST));
        if (!isNumber(limit, 3) || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MOST) {
            throw new Refused(LIMIT, "limit '" + limit + "' is none: give 1 to " + MOST);
        }
        String cursor = one(CURSOR, query, "");
        int dash = cursor.indexOf('-');
        boolean given = query.containsKey(CURSOR);
        if (given
                && (dash < 0
                        || !isNumber(cursor.substring(0, dash), MOST_DIGITS)
                        || !EdgeRunDesk.isRun(cursor.substring(dash + 1)))) {
            throw new Refused(
                    CURSOR,
                    "cursor '" + cursor + "' is none that a page gave: leave it out to begin");
        }
        return EdgeParts.join(
                limit,
                given ? cursor.substring(0, dash) : Long.toString(JsTables.MOST_EXACT),
                given ? cursor.substring(dash + 1) : "",
                all(FLOW, query, flows, "none of this list; it has "),
                all(STATE, query, STATES, "none of a list; one that works or waits is RUNNING: "));
    }

    /** Those that are asked for, each once; all without a question. */
    private static String all(
            String name, Map<String, List<String>> query, List<String> known, String why) {
        List<String> given = query.getOrDefault(name, known);
        Set<String> wanted = new LinkedHashSet<>();
        for (String one : given) {
            if (!known.contains(one)) {
                throw new Refused(name, name + " '" + one + "' is " + why + known);
            }
            wanted.add(one);
        }
        return EdgeParts.join(wanted.toArray(new String[0]));
    }

    private static String one(String name, Map<String, List<String>> query, String otherwise) {
        List<String> given = query.getOrDefault(name, List.of(otherwise));
        if (given.size() > 1) {
            throw new Refused(name, name + " is there " + given.size() + " times; give one");
        }
        return given.get(0);
    }

    private static boolean isNumber(String text, int mostDigits) {
        boolean digits = !text.isEmpty() && text.length() <= mostDigits;
        for (int i = 0; digits && i < text.length(); i++) {
            digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        return digits;
    }
}
