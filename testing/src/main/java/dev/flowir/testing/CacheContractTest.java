package dev.flowir.testing;

/** {@link CacheContract} as JUnit tests: extend it and open a bench. */
public abstract class CacheContractTest extends ContractTest<CacheBench> {

    /** Tests of {@link CacheContract#RULES}. */
    protected CacheContractTest() {
        super(CacheContract.RULES);
    }
}
