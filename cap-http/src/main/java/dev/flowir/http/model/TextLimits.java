package dev.flowir.http.model;

/**
 * How much of an answer is taken. Bounds of bytes are {@link dev.flowir.http.HttpLimits}.
 *
 * @param maxAnswerChars characters of text and of tools' arguments together
 * @param maxToolUses tools that one answer may ask for
 */
public record TextLimits(int maxAnswerChars, int maxToolUses) {

    /**
     * 1,000,000 characters, about 250,000 tokens, more than a model says in one answer; 128 tools,
     * as many as can be offered.
     */
    public static final TextLimits DEFAULT = new TextLimits(1_000_000, TextRequest.MAX_TOOLS);

    /** Refuses negative bounds. */
    public TextLimits {
        if (maxAnswerChars < 0 || maxToolUses < 0) {
            throw new IllegalArgumentException("limits of answers must not be negative");
        }
    }
}
