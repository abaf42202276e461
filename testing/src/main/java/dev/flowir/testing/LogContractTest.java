package dev.flowir.testing;

/** The rules of logs as tests: extend it and open the bench of your objects. */
public abstract class LogContractTest extends ContractTest<ObjectBench> {

    /** Tests of {@link LogContract#rules()}. */
    protected LogContractTest() {
        super(LogContract.rules());
    }
}
