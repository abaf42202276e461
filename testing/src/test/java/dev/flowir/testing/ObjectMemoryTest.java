package dev.flowir.testing;

/** Objects in memory. */
class ObjectMemoryTest extends ObjectContractTest {

    @Override
    protected ObjectBench open(TestClock clock) {
        return new ObjectMemoryBench(clock);
    }
}
