package dev.flowir.kernel.exec;

import dev.flowir.kernel.Execution;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.host.TimeSource;
import dev.flowir.kernel.machine.MachineSettings;
import java.util.Optional;

/**
 * What the drivers of one runtime share.
 *
 * @param time clock and timers
 * @param listening who hears what happens
 * @param ids ids of runs
 * @param watchdogs whether deadlines and time limits are kept
 * @param defaultLimitNanos deadline of runs that bring none; negative for none
 * @param execution how flows that only compute are run
 * @param spilling where items go that do not fit
 * @param capabilities what bodies may use
 * @param limited runs that have limits
 * @param gate who admits runs
 * @param relay runs that wait for a thread
 * @param standstillNanos silence of a run that is told; 0 for none
 */
public record Environment(
        TimeSource time,
        Listening listening,
        RunIds ids,
        boolean watchdogs,
        long defaultLimitNanos,
        Execution execution,
        Optional<Spilling> spilling,
        Capabilities capabilities,
        LimitedRuns limited,
        Gate gate,
        Relay relay,
        long standstillNanos) {

    /** The same for what lasts as long as inputs come, and brings its own deadline if any. */
    Environment unlimited() {
        return new Environment(
                time,
                listening,
                ids,
                watchdogs,
                MachineSettings.NO_DEADLINE,
                execution,
                spilling,
                capabilities,
                limited,
                gate,
                relay,
                standstillNanos);
    }

    /** Where a run puts what it gives, with somebody before it who watches whether it moves. */
    Sink watched(Driver run, Sink sink) {
        return standstillNanos > 0 && watchdogs ? new Motion(run, sink, standstillNanos) : sink;
    }
}
