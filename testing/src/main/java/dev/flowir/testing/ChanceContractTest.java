package dev.flowir.testing;

/** {@link ChanceContract} as JUnit tests: extend it and open a bench. */
public abstract class ChanceContractTest extends ContractTest<ChanceBench> {

    /** Tests of {@link ChanceContract#RULES}. */
    protected ChanceContractTest() {
        super(ChanceContract.RULES);
    }
}
