package dev.flowir.testing;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.LargePayloads;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A journal whose writes meet faults. Once one has ended the process, it does nothing any more. */
final class CrashingJournal implements Journal {

    private final Journal journal;
    private final Faults faults;
    private final AtomicInteger writes = new AtomicInteger();
    private volatile boolean crashed;

    /** A journal on {@code journal} whose writes meet {@code faults}. */
    CrashingJournal(Journal journal, Faults faults) {
        this.journal = journal;
        this.faults = faults;
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

    /** What undoes the first of two runs. */
    private static final class AgainException extends RuntimeException {
        private static final long serialVersionUID = 1;
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
        return write(work, () -> journal.write(work));
    }

    /** Has it run once more than it must, as a journal may: what it wrote first is undone. */
    @Override
    public <T, X extends Exception> T writeRepeatable(Work<T, X> work) throws X {
        return write(
                work,
                () -> {
                    try {
                        undone(work, AgainException::new);
                    } catch (AgainException wasUndone) {
                        // as intended
                    }
                    return journal.writeRepeatable(work);
                });
    }

    private interface Writing<T, X extends Exception> {
        T run() throws X;
    }

    private <T, X extends Exception> T write(Work<T, X> work, Writing<T, X> writing) throws X {
        ensureAlive();
        Faults.When when = faults.at(writes.incrementAndGet());
        return switch (when) {
            case NEVER -> writing.run();
            case REFUSED -> throw new DiskFullException();
            case UNDONE -> undone(work, DiskFullException::new);
            case BEFORE -> throw gone();
            case TORN -> undone(work, this::gone);
            case AFTER -> {
                writing.run();
                throw gone();
            }
        };
    }

    /** Does all the work, and undoes it at the end. */
    private <T, X extends Exception> T undone(
            Work<T, X> work, Supplier<? extends RuntimeException> because) throws X {
        return journal.<T, X>write(tx -> {
            work.run(tx);
            throw because.get();
        });
    }

    private ProcessGoneException gone() {
        crashed = true;
        return new ProcessGoneException();
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
    public boolean keepsTurns() {
        return journal.keepsTurns();
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
