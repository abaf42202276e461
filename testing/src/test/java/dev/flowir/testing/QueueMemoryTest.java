package dev.flowir.testing;

class QueueMemoryTest extends QueueContractTest {

    @Override
    protected QueueBench open(TestClock clock) {
        return new QueueMemoryBench(clock);
    }
}
