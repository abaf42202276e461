package dev.flowir.http.model;

import dev.flowir.ir.JsonValue;

/**
 * A tool that a model may ask for.
 *
 * @param name 1 to 64 letters, digits, {@code _} and {@code -}, as the services have it
 * @param description what it is for, in words for the model
 * @param parameters JSON Schema of its arguments
 */
public record ToolOffer(String name, String description, JsonValue parameters) {

    /** Characters of a name, as the services have it. */
    public static final int MAX_NAME = 64;

    /** Refuses what is no name. */
    public ToolOffer {
        boolean fits =
                !name.isEmpty()
                        && name.length() <= MAX_NAME
                        && name.chars().allMatch(ToolOffer::isPartOfName);
        if (!fits) {
            throw new ModelException(
                    ModelFault.BAD_QUESTION,
                    "a tool's name has 1 to "
                            + MAX_NAME
                            + " letters of a-z, A-Z, 0-9, '_' and '-', and this one has "
                            + name.length()
                            + " characters");
        }
    }

    private static boolean isPartOfName(int letter) {
        return letter < 128
                && (Character.isLetterOrDigit(letter) || letter == '_' || letter == '-');
    }
}
