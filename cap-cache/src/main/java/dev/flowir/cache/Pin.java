package dev.flowir.cache;

/**
 * What a reading node's answer depends on besides its input, held to one state: a version of a
 * model, a date of a price list. Another version is another answer.
 *
 * @param name what is held, not blank
 * @param version its state, not blank
 */
public record Pin(String name, String version) {

    /** Refuses blanks: they would hold nothing. */
    public Pin {
        if (name.isBlank() || version.isBlank()) {
            throw new IllegalArgumentException("a pin has a name and a version");
        }
    }

    /**
     * A pin.
     *
     * @param name what is held
     * @param version its state
     * @return the pin
     */
    public static Pin of(String name, String version) {
        return new Pin(name, version);
    }
}
