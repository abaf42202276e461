package dev.flowir.testing;

/** Logs of objects in memory. */
class LogMemoryTest extends LogContractTest {

    @Override
    protected ObjectBench open(TestClock clock) {
        return new ObjectMemoryBench(clock);
    }
}
