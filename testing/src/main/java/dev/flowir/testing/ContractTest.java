package dev.flowir.testing;

import java.io.Closeable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A contract as JUnit tests: one for each rule, named by its number.
 *
 * @param <B> what the rules are shown on
 */
public abstract class ContractTest<B extends Closeable> {

    private final Contract<B> contract;

    /**
     * Tests of {@code contract}.
     *
     * @param contract the rules
     */
    protected ContractTest(Contract<B> contract) {
        this.contract = contract;
    }

    /**
     * A bench with a fresh, empty provider; called for each rule.
     *
     * @param clock the only source of time that it may use
     * @return the bench; closed after the rule
     * @throws Exception when it cannot be opened, which fails the rule
     */
    protected abstract B open(TestClock clock) throws Exception;

    /**
     * The rules as tests.
     *
     * @return one test for each rule
     */
    @TestFactory
    Stream<DynamicTest> rules() {
        return contract.rules().stream()
                .map(rule ->
                        DynamicTest.dynamicTest(
                                rule.id() + " " + rule.title(), () -> report(rule)));
    }

    private void report(Rule<B> rule) {
        switch (contract.verify(rule, this::open)) {
            case Verdict.Passed passed -> {}
            case Verdict.Skipped skipped -> Assumptions.abort(skipped.reason());
            case Verdict.Failed failed -> throw failed.failure();
        }
    }
}
