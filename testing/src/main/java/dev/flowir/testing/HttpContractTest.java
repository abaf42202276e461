package dev.flowir.testing;

/** {@link HttpContract} as JUnit tests: extend it and open a bench. */
public abstract class HttpContractTest extends ContractTest<HttpBench> {

    /** Tests of {@link HttpContract#rules()}. */
    protected HttpContractTest() {
        super(HttpContract.rules());
    }
}
