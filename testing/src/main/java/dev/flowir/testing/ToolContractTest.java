package dev.flowir.testing;

/** {@link ToolContract} as JUnit tests: extend it and open a bench. */
public abstract class ToolContractTest extends ContractTest<ToolBench> {

    /** Tests of {@link ToolContract#rules()}. */
    protected ToolContractTest() {
        super(ToolContract.rules());
    }
}
