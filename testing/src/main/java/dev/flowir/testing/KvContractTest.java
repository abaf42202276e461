package dev.flowir.testing;

/** The rules of key-value as tests: extend it and open the bench. */
public abstract class KvContractTest extends ContractTest<KvBench> {

    /** Tests of {@link KvContract#rules()}. */
    protected KvContractTest() {
        super(KvContract.rules());
    }
}
