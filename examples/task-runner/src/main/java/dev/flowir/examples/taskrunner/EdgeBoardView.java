package dev.flowir.examples.taskrunner;

import dev.flowir.examples.taskrunner.EdgeBoard.Names;
import dev.flowir.examples.taskrunner.EdgeBoard.Told;

/** What may be asked of the lists without writing. */
interface EdgeBoardView {

    /** Changes after a place in their order. */
    Told since(long seq);

    /** Where recent tasks stand now, those that changed last at the end. */
    Told recent();

    /** Tasks with a letter, the newest first. */
    Names buried();

    /** Tasks that were sent before an epoch second, and nobody claimed. */
    Names unclaimed(long before);
}
