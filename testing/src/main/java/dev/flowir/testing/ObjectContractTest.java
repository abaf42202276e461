package dev.flowir.testing;

/** The rules of durable objects as tests: extend it and open the bench. */
public abstract class ObjectContractTest extends ContractTest<ObjectBench> {

    /** Tests of {@link ObjectContract#rules()}. */
    protected ObjectContractTest() {
        super(ObjectContract.rules());
    }
}
