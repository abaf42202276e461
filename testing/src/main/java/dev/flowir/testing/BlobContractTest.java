package dev.flowir.testing;

/** {@link BlobContract} as JUnit tests: extend it and open a bench. */
public abstract class BlobContractTest extends ContractTest<BlobBench> {

    /** Tests of {@link BlobContract#rules()}. */
    protected BlobContractTest() {
        super(BlobContract.rules());
    }
}
