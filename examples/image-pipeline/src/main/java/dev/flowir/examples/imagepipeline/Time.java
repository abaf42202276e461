package dev.flowir.examples.imagepipeline;

import dev.flowir.kernel.cap.Timeline;
import dev.flowir.kernel.host.TimeSource;
import dev.flowir.queue.BrokerOptions;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Where time comes from, and the threads that wait for it: the machine's, or a test's.
 *
 * @param timeline of stores, queues, limits and objects
 * @param handlers runs what queues hand over
 * @param steps time of runs; the machine's when empty
 * @param runs threads of runs; their own when empty
 */
record Time(
        Timeline timeline, Executor handlers, Optional<TimeSource> steps, Optional<Executor> runs) {

    static Time ofTheMachine() {
        BrokerOptions usual = BrokerOptions.defaults();
        return new Time(usual.timeline(), usual.executor(), Optional.empty(), Optional.empty());
    }
}
