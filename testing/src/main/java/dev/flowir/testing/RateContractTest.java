package dev.flowir.testing;

/** {@link RateContract} as JUnit tests: extend it and open a bench. */
public abstract class RateContractTest extends ContractTest<RateBench> {

    /** Tests of {@link RateContract#RULES}. */
    protected RateContractTest() {
        super(RateContract.RULES);
    }
}
