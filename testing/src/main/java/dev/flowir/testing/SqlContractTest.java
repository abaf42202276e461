package dev.flowir.testing;

/** The contract of SQL as JUnit tests; extend it and open your provider. */
public abstract class SqlContractTest extends ContractTest<SqlBench> {

    /** Tests of {@link SqlContract#rules()}. */
    protected SqlContractTest() {
        super(SqlContract.rules());
    }
}
