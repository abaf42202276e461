package dev.flowir.testing;

/** The rules of forms as tests: extend it and open the bench. */
public abstract class FormContractTest extends ContractTest<FormBench> {

    /** Tests of {@link FormContract#rules()}. */
    protected FormContractTest() {
        super(FormContract.rules());
    }
}
