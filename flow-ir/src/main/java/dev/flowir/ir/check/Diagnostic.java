package dev.flowir.ir.check;

/**
 * One finding about one flow.
 *
 * @param code which kind
 * @param message what was found, naming the elements concerned
 * @param location where
 * @param suggestion what to do about it here
 */
public record Diagnostic(Code code, String message, Location location, String suggestion) {

    /** {@return how much it weighs} */
    public Severity severity() {
        return code.severity();
    }

    /**
     * Adds a position.
     *
     * @param position where the text has it
     * @return this finding at {@code position}
     */
    public Diagnostic at(Position position) {
        return new Diagnostic(code, message, location.at(position), suggestion);
    }
}
