package dev.flowir.kernel.exec;

import dev.flowir.kernel.Failure;
import java.util.Optional;

/** Where a driver puts what its run gives. Called while the run stands still: must be quick. */
interface Sink {

    /** An output, or the stream of a flow that streams. */
    void output(Object value);

    /** The run failed. */
    void failed(Failure failure);

    /** Something moved, at this time: a step began or ended, an item was given or taken. */
    default void moved(long nanos) {}

    /** The machine moved: what found no room may find it now. */
    default void turned() {}

    /** The run is over. */
    void ended(Optional<Failure> failure);
}
