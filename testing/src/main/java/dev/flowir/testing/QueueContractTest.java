package dev.flowir.testing;

/** The rules of queues as tests: extend it and open the bench. */
public abstract class QueueContractTest extends ContractTest<QueueBench> {

    /** Tests of {@link QueueContract#rules()}. */
    protected QueueContractTest() {
        super(QueueContract.rules());
    }
}
