package dev.flowir.kernel.exec;

import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.RunInfo;
import org.jspecify.annotations.Nullable;

/** What the loop of a {@link Program} asks: once before it begins, and around each input. */
interface Loop {

    InlineFlow flow();

    Lane lane();

    /** The request that each input is part of; null for one without metadata. */
    @Nullable Invocation<?> each();

    /** What is known of the run that all inputs are part of; null when each is one of its own. */
    @Nullable RunInfo info();

    /** Begins to work on {@code input}; false when that must not be now. */
    boolean begins(@Nullable Object input);

    /** The turn of the lane that it is worked on in. */
    long turn();

    /** The input that was begun last gave its output. */
    void ends();
}
