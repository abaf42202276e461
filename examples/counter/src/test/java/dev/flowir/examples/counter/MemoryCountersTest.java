package dev.flowir.examples.counter;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.testing.Bench;
import dev.flowir.testing.ContractTest;
import dev.flowir.testing.TestClock;

class MemoryCountersTest extends ContractTest<Bench> {

    MemoryCountersTest() {
        super(CountersContract.RULES);
    }

    @Override
    protected Bench open(TestClock clock) {
        CapabilityProvider counters = MemoryCounters.named("test");
        return () -> counters;
    }
}
