package dev.flowir.testing;

import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectLimits;
import dev.flowir.object.ObjectSpace;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Objects on the bench: a provider that opens spaces on one empty set of data. */
public interface ObjectBench extends Closeable {

    /**
     * Opens a space under the binding {@code objects}, on the clock of the rule and on the data of
     * this bench. Called once, and again after {@link #crash()}.
     *
     * @param limits the numbers that it keeps to
     * @param classes all classes of it
     * @return the space; closed with the bench
     */
    ObjectSpace open(ObjectLimits limits, List<ObjectClass<?>> classes);

    /**
     * Whether {@link #crash()} can be called: true for what outlives a process.
     *
     * @return false unless overridden
     */
    default boolean supportsCrash() {
        return false;
    }

    /** Loses the space as a process loses it that is killed; the data stay. */
    default void crash() {
        throw new IllegalStateException("supportsCrash() is true but crash() is not there");
    }

    /**
     * Gives everything free.
     *
     * @throws IOException when that fails, which fails the rule
     */
    @Override
    default void close() throws IOException {}
}
