package dev.flowir.ir.json;

import dev.flowir.ir.check.Code;
import dev.flowir.ir.check.Severity;
import java.util.List;

/** The table of what reading a flow can find. Errors refuse the text, warnings are notes. */
final class ReadCodes {

    static final Code SYNTAX =
            error(
                    "JSON001",
                    "the text is not JSON",
                    "Flows are strict JSON (RFC 8259): no comments, no trailing commas, no NaN, nothing after the value.",
                    "correct the text at the place named");
    static final Code ENCODING =
            error(
                    "JSON002",
                    "the text is not plain UTF-8",
                    "Flows are UTF-8 without a byte order mark, and text in them has no half of a surrogate pair.",
                    "save the file as UTF-8 without a byte order mark");
    static final Code MISSING =
            error(
                    "JSON003",
                    "a required field is missing",
                    "Some fields have no default in JSON, even where builders have one: on an edge delivery, ordering and buffer must be written.",
                    "add the field");
    static final Code TYPE =
            error(
                    "JSON004",
                    "a field has a value of the wrong type",
                    "Each field takes one type of value. null stands only for optional text, numbers and words; lists and objects are left out instead.",
                    "write a value of the type named");
    static final Code WORD =
            error(
                    "JSON005",
                    "a field has a word that is none of its words",
                    "Words are lower snake case and case-sensitive; there is no word for others.",
                    "use one of the words named");
    static final Code NUMBER =
            error(
                    "JSON006",
                    "a number is out of form or range",
                    "Counts and times are unsigned integers written as JSON integers: no sign, fraction, exponent or quotes.",
                    "write a whole number within the range named");
    static final Code DUPLICATE =
            error(
                    "JSON007",
                    "a field is given twice in one object",
                    "Which of the two counts is not defined, so neither is taken.",
                    "remove one of them");
    static final Code VERSION =
            error(
                    "JSON008",
                    "the version is no semantic version",
                    "A flow's version is strict Semantic Versioning 2.0.0: three numbers without leading zeros, then perhaps -pre.release and +build.",
                    "write a version like 1.0.0");
    static final Code LIMIT =
            error(
                    "JSON009",
                    "the text is beyond a limit",
                    "The size of a flow and the nesting of its values are bounded, so that no text can exhaust the reader.",
                    "make the document smaller");
    static final Code MISSPELT =
            warning(
                    "JSON101",
                    "an unknown field looks like a known one",
                    "Unknown fields are ignored. This one is spelt almost like a field that is read, so what it says is silently lost. Mind that determinismHints, effectHints and ttlMs are camelCase and everything else is snake_case.",
                    "spell the field as named, or rename it if it is your own");
    static final Code JOIN_IGNORED =
            warning(
                    "JSON102",
                    "join is not a list of aliases",
                    "join is an addition to the format: a list of the aliases whose items are joined. Anything else under that name is ignored, as by readers that do not know it.",
                    "write join as a list of aliases, or leave it out");
    static final Code SINCE_IGNORED =
            warning(
                    "JSON103",
                    "since is no semantic version",
                    "since is an addition to the format: the flow's version from which on there is this node. Anything else under that name is ignored, as by readers that do not know it.",
                    "write a version like 2.0.0, or leave it out");
    static final Code FAN_IN_IGNORED =
            warning(
                    "JSON104",
                    "fan_in has no known form",
                    "fan_in is an addition to the format: it says how the items meet that join names the sources of. Anything else under that name is ignored, as by readers that do not know it, and the items are joined by input.",
                    "write a form that the page on authoring shows, or leave it out");
    static final Code PART_OF_IGNORED =
            warning(
                    "JSON105",
                    "part_of is no list of sub-flows",
                    "part_of is an addition to the format: the flows that a node was laid in with, the outermost first, each with its alias, flow and version. Anything else under that name is ignored, as by readers that do not know it.",
                    "write [{\"alias\":\"pay\",\"flow\":\"payments\",\"version\":\"1.0.0\"}], or leave it out");

    static final Code SLOW_CONSUMER_IGNORED =
            warning(
                    "JSON106",
                    "slow_consumer has no known form",
                    "slow_consumer is an addition to the format: it says what becomes of a consumer that does not keep up with the stream of a node. Anything else under that name is ignored, as by readers that do not know it, and the node waits for its consumer.",
                    "write a form that the page on authoring shows, or leave it out");
    static final Code CONCURRENCY_IGNORED =
            warning(
                    "JSON107",
                    "concurrency names no limit",
                    "concurrency is an addition to the format: an object whose limit says how many bodies of the node run at a time. Anything else under that name is ignored, as by readers that do not know it.",
                    "write {\"limit\":n} with a whole number, or leave it out");
    static final Code PRIORITY_IGNORED =
            warning(
                    "JSON108",
                    "priority names no pointer and levels",
                    "priority is an addition to the format: an object whose pointer says where an item has its level, with whole numbers for default and oldest_every. Anything else under that name is ignored, as by readers that do not know it, and items go as they came.",
                    "write {\"pointer\":\"/urgency\"}, or leave it out");

    private ReadCodes() {}

    static List<Code> all() {
        return List.of(
                SYNTAX,
                ENCODING,
                MISSING,
                TYPE,
                WORD,
                NUMBER,
                DUPLICATE,
                VERSION,
                LIMIT,
                MISSPELT,
                JOIN_IGNORED,
                SINCE_IGNORED,
                FAN_IN_IGNORED,
                PART_OF_IGNORED,
                SLOW_CONSUMER_IGNORED,
                CONCURRENCY_IGNORED,
                PRIORITY_IGNORED);
    }

    private static Code error(String id, String summary, String explanation, String suggestion) {
        return new Code(id, "parse", Severity.ERROR, summary, explanation, suggestion);
    }

    private static Code warning(String id, String summary, String explanation, String suggestion) {
        return new Code(id, "parse", Severity.WARNING, summary, explanation, suggestion);
    }
}
