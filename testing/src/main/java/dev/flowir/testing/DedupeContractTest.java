package dev.flowir.testing;

/** {@link DedupeContract} as JUnit tests: extend it and open a bench. */
public abstract class DedupeContractTest extends ContractTest<DedupeBench> {

    /** Tests of {@link DedupeContract#RULES}. */
    protected DedupeContractTest() {
        super(DedupeContract.RULES);
    }
}
