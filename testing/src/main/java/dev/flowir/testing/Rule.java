package dev.flowir.testing;

import java.io.Closeable;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One numbered rule of a contract.
 *
 * @param id its number, for example {@code D1-06}; stable for ever
 * @param title what must hold, as a sentence
 * @param check where to look when it does not hold
 * @param need what a provider must support for the rule to apply; empty when it always applies
 * @param body shows that it holds
 * @param <B> what it is shown on
 */
public record Rule<B extends Closeable>(
        String id, String title, String check, Optional<Need<B>> need, Body<B> body) {

    /**
     * What a provider must support.
     *
     * @param question the method of the provider that says so, for example {@code
     *     supportsRestart()}
     * @param holds asks it
     * @param <B> what is asked
     */
    public record Need<B>(String question, Predicate<B> holds) {}

    /**
     * Shows that a rule holds.
     *
     * @param <B> what it is shown on
     */
    @FunctionalInterface
    public interface Body<B> {

        /**
         * Returns when the rule holds.
         *
         * @param bench a fresh one
         * @param clock the clock that it was opened on
         * @throws Exception when the rule does not hold, as any {@link AssertionError} also says
         */
        void show(B bench, TestClock clock) throws Exception;
    }

    /**
     * A rule that always applies.
     *
     * @param id its number
     * @param title what must hold, as a sentence
     * @param check where to look when it does not hold
     * @param body shows that it holds
     * @param <B> what it is shown on
     * @return the rule
     */
    public static <B extends Closeable> Rule<B> of(
            String id, String title, String check, Body<B> body) {
        return new Rule<>(id, title, check, Optional.empty(), body);
    }

    /**
     * The same rule for providers that say yes to a question only.
     *
     * @param question the method of the provider that is asked, for the reason of a skip
     * @param holds asks it
     * @return the narrower rule
     */
    public Rule<B> where(String question, Predicate<B> holds) {
        return new Rule<>(id, title, check, Optional.of(new Need<>(question, holds)), body);
    }
}
