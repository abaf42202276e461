package dev.flowir.http.tool;

import dev.flowir.http.json.Json;
import dev.flowir.ir.JsonValue;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Which tool is called, and with what.
 *
 * @param tool its name: 1 to {@value #MAX_NAME} letters, digits, {@code _ - . /}
 * @param arguments a JSON object, as the tool's schema has it
 * @param within how long it may take; empty for what the endpoint's settings say
 */
public record ToolCall(String tool, JsonValue arguments, Optional<Duration> within) {

    /** Characters of a tool's name, as the protocol has it from 2025-11-25 on. */
    public static final int MAX_NAME = 128;

    /** Refuses what is no name, and arguments that are no object. */
    public ToolCall {
        boolean fits =
                !tool.isEmpty()
                        && tool.length() <= MAX_NAME
                        && tool.chars().allMatch(ToolCall::isPartOfName);
        if (!fits) {
            throw new ToolException(
                    ToolFault.BAD_CALL,
                    "a tool's name has 1 to "
                            + MAX_NAME
                            + " letters, digits and '_', '-', '.', '/', and this one has "
                            + tool.length()
                            + " characters");
        }
        if (!(arguments instanceof JsonValue.Obj)) {
            throw new ToolException(
                    ToolFault.BAD_CALL, "arguments of '" + tool + "' must be a JSON object");
        }
    }

    private static boolean isPartOfName(int letter) {
        return letter < 128 && (Character.isLetterOrDigit(letter) || "_-./".indexOf(letter) >= 0);
    }

    /**
     * A call without arguments.
     *
     * @param tool its name
     * @return the call
     */
    public static ToolCall of(String tool) {
        return of(tool, new JsonValue.Obj(Map.of()));
    }

    /**
     * A call.
     *
     * @param tool its name
     * @param arguments a JSON object
     * @return the call
     */
    public static ToolCall of(String tool, JsonValue arguments) {
        return new ToolCall(tool, arguments, Optional.empty());
    }

    /**
     * A call whose arguments a model wrote.
     *
     * @param tool its name
     * @param arguments JSON text
     * @return the call
     * @throws ToolException of {@link ToolFault#BAD_CALL} when the text is no JSON object
     */
    public static ToolCall parsed(String tool, String arguments) {
        return of(
                tool,
                Json.parse(arguments)
                        .orElseThrow(() ->
                                new ToolException(
                                        ToolFault.BAD_CALL,
                                        "arguments of '" + tool + "' are no JSON")));
    }

    /**
     * Limits the time of this call.
     *
     * @param time positive
     * @return the call with it
     */
    public ToolCall within(Duration time) {
        return new ToolCall(tool, arguments, Optional.of(time));
    }
}
