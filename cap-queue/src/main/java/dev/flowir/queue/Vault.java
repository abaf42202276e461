package dev.flowir.queue;

import dev.flowir.ir.Guarantee;
import dev.flowir.kernel.cap.Descriptor;
import java.util.Set;
import java.util.function.Function;

/** Keeps rows, changed by transactions only. */
interface Vault {

    /** Runs one transaction, or joins the one that the calling thread is in. */
    <T> T write(Function<Rows, T> work);

    /** Looks at one moment. */
    <T> T read(Function<Rows, T> work);

    /** True when {@link #write} would join a transaction. */
    boolean inTransaction();

    /** Whether its transactions are those of {@code store}. */
    default boolean isIn(AutoCloseable store) {
        return false;
    }

    /** False when nothing can be kept any more. */
    boolean isOpen();

    Descriptor.Durability durability();

    Set<Guarantee> extras();
}
