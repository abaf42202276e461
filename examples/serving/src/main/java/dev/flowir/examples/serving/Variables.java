package dev.flowir.examples.serving;

import java.util.Locale;
import java.util.Map;

/** Settings as an environment has them. */
public final class Variables {

    private Variables() {}

    /**
     * A number within bounds.
     *
     * @param given the variables
     * @param key name of one
     * @param usual what it is when it is not set
     * @param least the least that is allowed
     * @param most the most that is allowed
     * @return the number
     * @throws IllegalArgumentException when it is none, or outside; the text says which are allowed
     */
    public static int number(
            Map<String, String> given, String key, int usual, int least, int most) {
        String text = given.getOrDefault(key, Integer.toString(usual)).strip();
        if (text.matches("\\d{1,9}")) {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                String.format(
                        Locale.ROOT, "%s is '%s', allowed are %d to %d", key, text, least, most));
    }
}
