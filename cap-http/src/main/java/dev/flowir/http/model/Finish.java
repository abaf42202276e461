package dev.flowir.http.model;

import java.util.Locale;

/** Why an answer ended. */
public enum Finish {
    /** The model was done, or came to a stop word. */
    STOP,
    /** The answer is as long as allowed, and may end in the middle. */
    LENGTH,
    /** The model wants tools to be used first. */
    TOOLS,
    /** The service or the model held the answer back. */
    FILTERED,
    /** The service gave a reason that is none of these, or none. */
    OTHER;

    static Finish of(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "stop", "eos", "end_turn" -> STOP;
            case "length", "max_tokens" -> LENGTH;
            case "tool_calls", "function_call" -> TOOLS;
            case "content_filter", "refusal" -> FILTERED;
            default -> OTHER;
        };
    }
}
