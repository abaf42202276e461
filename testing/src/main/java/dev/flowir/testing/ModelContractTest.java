package dev.flowir.testing;

/** {@link ModelContract} as JUnit tests: extend it and open a bench. */
public abstract class ModelContractTest extends ContractTest<ModelBench> {

    /** Tests of {@link ModelContract#rules()}. */
    protected ModelContractTest() {
        super(ModelContract.rules());
    }
}
