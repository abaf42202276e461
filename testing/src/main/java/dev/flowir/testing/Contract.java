package dev.flowir.testing;

import java.io.Closeable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Numbered rules that every provider of a capability keeps.
 *
 * @param name of the capability, for messages
 * @param rules in the order they run
 * @param <B> what they are shown on
 */
public record Contract<B extends Closeable>(String name, List<Rule<B>> rules) {

    /**
     * Opens the provider under test.
     *
     * @param <B> what it opens
     */
    @FunctionalInterface
    public interface Opener<B> {

        /**
         * A bench with a fresh, empty provider.
         *
         * @param clock the only source of time that it may use
         * @return the bench; closed after the rule
         * @throws Exception when it cannot be opened, which fails the rule
         */
        B open(TestClock clock) throws Exception;
    }

    /** Copies the list; refuses a number that stands for two rules. */
    public Contract {
        rules = List.copyOf(rules);
        Set<String> ids = new HashSet<>();
        for (Rule<B> rule : rules) {
            if (!ids.add(rule.id())) {
                throw new IllegalArgumentException("two rules have the number " + rule.id());
            }
        }
    }

    /**
     * Shows all rules, each on a provider of its own.
     *
     * @param opener opens a fresh provider for each rule
     * @return one verdict per rule, in order
     */
    public List<Verdict> verify(Opener<? extends B> opener) {
        return rules.stream().map(rule -> verify(rule, opener)).toList();
    }

    /**
     * Shows one rule.
     *
     * @param rule the rule
     * @param opener opens a fresh provider
     * @return what it came to
     */
    public Verdict verify(Rule<B> rule, Opener<? extends B> opener) {
        TestClock clock = new TestClock();
        try (B bench = opener.open(clock)) {
            if (rule.need().isPresent() && !rule.need().get().holds().test(bench)) {
                return new Verdict.Skipped(
                        rule.id(), rule.need().get().question() + " is false for this provider");
            }
            rule.body().show(bench, clock);
            return new Verdict.Passed(rule.id());
        } catch (Exception | AssertionError | StackOverflowError e) {
            return new Verdict.Failed(rule.id(), failure(rule, e));
        }
    }

    private AssertionError failure(Rule<B> rule, Throwable seen) {
        return new AssertionError(
                name
                        + " rule "
                        + rule.id()
                        + " does not hold: "
                        + rule.title()
                        + "\n  seen:  "
                        + (seen instanceof AssertionError ? seen.getMessage() : seen)
                        + "\n  check: "
                        + rule.check(),
                seen);
    }
}
