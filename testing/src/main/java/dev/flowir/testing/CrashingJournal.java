package dev.flowir.testing;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.LargePayloads;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A journal whose process ends at a chosen write: before it reaches the disk, or after it did and
 * before anybody is told. From then on it does nothing any more.
 */
final class CrashingJournal implements Journal {

    /** When the process ends. */
    enum When {
        /** The write never happened. */
        BEFORE,
        /** It happened, and nobody was told. */
        AFTER,
        /** It fails as on a full disk; the process lives. */
        REFUSED
    }

    private final Journal journal;
    private final int at;
    private final When when;
    private final AtomicInteger writes = new AtomicInteger();
    private volatile boolean crashed;

    /**
     * Ends at one write.
     *
     * @param at its number, from 1; 0 for none
     */
    CrashingJournal(Journal journal, int at, When when) {
        this.journal = journal;
        this.at = at;
        this.when = when;
    }

    int writes() {
        return writes.get();
    }

    boolean hasCrashed() {
        return crashed;
    }

    /** What calls throw once the process is said to be gone. */
    static final class ProcessGoneException extends RuntimeException {
        private static final long serialVersionUID = 1;

        ProcessGoneException() {
            super("the process is gone");
        }
    }

    /** What one write throws, and nothing was written. */
    static final class DiskFullException extends RuntimeException {
        private static final long serialVersionUID = 1;

        DiskFullException() {
            super("no space is left on the disk of this test");
        }
    }

    @Override
    public <T, X extends Exception> T write(Work<T, X> work) throws X {
        ensureAlive();
        int number = writes.incrementAndGet();
        if (number != at) {
            return journal.write(work);
        }
        if (when == When.REFUSED) {
            throw new DiskFullException();
        }
        if (when == When.AFTER) {
            journal.write(work);
        }
        crashed = true;
        throw new ProcessGoneException();
    }

    @Override
    public <T> T read(Work<T, RuntimeException> work) {
        ensureAlive();
        return journal.read(work);
    }

    @Override
    public Optional<LargePayloads> large() {
        return journal.large();
    }

    @Override
    public boolean commitsWith(CapabilityProvider provider) {
        return journal.commitsWith(provider);
    }

    private void ensureAlive() {
        if (crashed) {
            throw new ProcessGoneException();
        }
    }
}
