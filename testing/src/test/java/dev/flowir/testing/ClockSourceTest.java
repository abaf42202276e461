package dev.flowir.testing;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.time.ClockSource;

/** Clocks on a given source. */
class ClockSourceTest extends ClockContractTest {

    @Override
    protected ClockBench open(TestClock clock) {
        CapabilityProvider provider = ClockSource.of("clock", clock);
        return () -> provider;
    }
}
