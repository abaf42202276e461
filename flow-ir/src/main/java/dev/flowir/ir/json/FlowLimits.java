package dev.flowir.ir.json;

/** How large the text of a flow may be. */
final class FlowLimits {

    /** Bytes of the whole text, and characters of one name, text or number in it. */
    static final int MAX_BYTES = 16 * 1024 * 1024;

    /**
     * Arrays and objects inside one another in what is kept: the recursion limit of the reference's
     * parser.
     */
    static final int MAX_DEPTH = 127;

    /** The same within unknown fields, which are skipped without recursion. */
    static final int MAX_SKIPPED_DEPTH = 100_000;

    /** Notes about one text; more would help nobody. */
    static final int MAX_NOTES = 100;

    /** Unknown fields of one object that are compared with known ones. */
    static final int MAX_COMPARED = 16;

    private FlowLimits() {}
}
