package dev.flowir.testing;

import dev.flowir.time.Clocks;
import java.time.InstantSource;

/** A provider of a clock on the bench; it goes by the rule's clock. */
@FunctionalInterface
public interface ClockBench extends Bench {

    /** {@return a handle, outside of any run} */
    default InstantSource clock() {
        return handle(Clocks.clock(provider().binding()));
    }
}
