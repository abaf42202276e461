package dev.flowir.testing;

/** The rules of hosts as tests: extend it and open the bench. */
public abstract class HostContractTest extends ContractTest<HostBench> {

    /** Tests of {@link HostContract#rules()}. */
    protected HostContractTest() {
        super(HostContract.rules());
    }
}
