package dev.flowir.examples.taskrunner;

import java.util.List;

/** What may be asked of the lists without writing. */
interface BoardSeen {

    /** The newest tasks, oldest first. */
    List<String> recent();

    /** Tasks that were given up, newest first. */
    List<String> buried(int most);
}
