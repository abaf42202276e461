package dev.flowir.ir.json;

/**
 * How large a JSON payload may be. Checked on reading and on writing.
 *
 * @param maxBytes bytes of the whole text
 * @param maxDepth arrays and objects inside one another
 * @param maxNumberLength characters of one number
 * @param maxNameLength characters of one member name
 */
public record JsonLimits(int maxBytes, int maxDepth, int maxNumberLength, int maxNameLength) {

    /**
     * 16 MiB; depth 128, the recursion limit of the JSON parser of the reference implementation;
     * 1,000 characters a number, so that no number is slow to convert; 1,024 a name.
     */
    public static final JsonLimits DEFAULT = new JsonLimits(16 * 1024 * 1024, 128, 1_000, 1_024);

    /** Refuses limits below 1. */
    public JsonLimits {
        if (maxBytes < 1 || maxDepth < 1 || maxNumberLength < 1 || maxNameLength < 1) {
            throw new IllegalArgumentException("a limit must be at least 1");
        }
    }

    /**
     * {@return the same with another size in bytes}
     *
     * @param bytes bytes of a text, at least 1
     */
    public JsonLimits withMaxBytes(int bytes) {
        return new JsonLimits(bytes, maxDepth, maxNumberLength, maxNameLength);
    }

    /**
     * {@return the same with another depth}
     *
     * @param depth objects and arrays within each other, at least 1
     */
    public JsonLimits withMaxDepth(int depth) {
        return new JsonLimits(maxBytes, depth, maxNumberLength, maxNameLength);
    }
}
