package dev.flowir.testing;

/** {@link ClockContract} as JUnit tests: extend it and open a bench. */
public abstract class ClockContractTest extends ContractTest<ClockBench> {

    /** Tests of {@link ClockContract#RULES}. */
    protected ClockContractTest() {
        super(ClockContract.RULES);
    }
}
