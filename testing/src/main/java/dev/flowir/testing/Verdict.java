package dev.flowir.testing;

/** What a rule came to on one provider. */
public sealed interface Verdict {

    /**
     * Number of the rule.
     *
     * @return for example {@code D1-06}
     */
    String rule();

    /**
     * It holds.
     *
     * @param rule number of the rule
     */
    record Passed(String rule) implements Verdict {}

    /**
     * It does not apply.
     *
     * @param rule number of the rule
     * @param reason what the provider does not support
     */
    record Skipped(String rule, String reason) implements Verdict {}

    /**
     * It does not hold.
     *
     * @param rule number of the rule
     * @param failure says what was seen and what to check; its cause is what the rule threw
     */
    record Failed(String rule, AssertionError failure) implements Verdict {}
}
