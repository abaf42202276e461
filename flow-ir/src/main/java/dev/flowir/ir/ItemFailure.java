package dev.flowir.ir;

/**
 * What became of an item of a list on which no attempt is left.
 *
 * @param type simple name of the class of what the body threw; {@code AttemptTimeoutException} when
 *     the last attempt took too long
 * @param message what it said; empty when it said nothing
 */
public record ItemFailure(String type, String message) {

    /** What is thrown here and known from a journal there, with the name that it had. */
    public interface Recorded {

        /** {@return simple name of the class of the original} */
        String type();
    }

    /**
     * {@return the same, whether {@code cause} was just thrown or comes from a journal}
     *
     * @param cause what ended the last attempt
     */
    public static ItemFailure of(Throwable cause) {
        String type =
                cause instanceof Recorded recorded
                        ? recorded.type()
                        : cause.getClass().getSimpleName();
        String message = cause.getMessage();
        return new ItemFailure(type, message == null ? "" : message);
    }
}
