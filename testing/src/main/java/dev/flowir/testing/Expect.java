package dev.flowir.testing;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What rules say with: each call states one expectation and what it is about. */
public final class Expect {

    private Expect() {}

    /** Work that is expected to end one way or the other. */
    @FunctionalInterface
    public interface Work {

        /**
         * Does it.
         *
         * @throws Exception as it likes
         */
        void run() throws Exception;
    }

    /**
     * Two values are equal.
     *
     * @param what names the value, for the message
     * @param expected what the rule says
     * @param actual what was seen
     */
    public static void equal(String what, @Nullable Object expected, @Nullable Object actual) {
        if (!Objects.deepEquals(expected, actual)) {
            throw new AssertionError(
                    what + " is " + shown(actual) + ", expected " + shown(expected));
        }
    }

    /**
     * Something holds.
     *
     * @param what says what, for the message
     * @param holds whether it does
     */
    public static void that(String what, boolean holds) {
        if (!holds) {
            throw new AssertionError("it does not hold that " + what);
        }
    }

    /**
     * Work is refused.
     *
     * @param what names the work, for the message
     * @param how type of the refusal
     * @param work what to refuse
     * @param <X> type of the refusal
     * @return the refusal, to look into
     */
    public static <X extends Throwable> X refused(String what, Class<X> how, Work work) {
        Throwable thrown;
        try {
            work.run();
            thrown = null;
        } catch (Exception | AssertionError e) {
            thrown = e;
        }
        if (how.isInstance(thrown)) {
            return how.cast(thrown);
        }
        throw new AssertionError(
                what
                        + " was expected to be refused by "
                        + how.getSimpleName()
                        + (thrown == null ? " but was accepted" : " but ended in " + thrown),
                thrown);
    }

    private static String shown(@Nullable Object value) {
        return switch (value) {
            case byte[] bytes -> java.util.HexFormat.of().formatHex(bytes) + " (bytes)";
            case String text -> "'" + text + "'";
            case null, default -> String.valueOf(value);
        };
    }
}
