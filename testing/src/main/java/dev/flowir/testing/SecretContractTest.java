package dev.flowir.testing;

/** {@link SecretContract} as JUnit tests: extend it and open a bench. */
public abstract class SecretContractTest extends ContractTest<SecretBench> {

    /** Tests of {@link SecretContract#RULES}. */
    protected SecretContractTest() {
        super(SecretContract.RULES);
    }
}
