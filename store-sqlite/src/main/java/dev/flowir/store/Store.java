package dev.flowir.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file that holds everything of an application. What is written in one {@link #write} commits
 * together; nobody is answered before the commit is on the disk.
 *
 * <p>One platform thread writes. It takes waiting transactions in order, up to {@link
 * StoreOptions#groupBound()} per commit, each in a savepoint, so that one that fails leaves the
 * others alone. Transactions are serializable: there is one at a time. A {@code write} that is
 * called from inside a running {@code write} of the same store joins it, so that modules which
 * share a store commit together without knowing each other.
 *
 * <p>Reads run on threads of the store with a snapshot each, and never wait for writes; inside a
 * {@code write} they see what it has written. All calls may come from any thread, virtual ones too.
 * Work runs on a thread of the store: it should only read and write, since everybody waits behind
 * it.
 *
 * <p>SQLite with {@code journal_mode=WAL} and {@code synchronous=FULL}, checked when opened. The
 * file belongs to one process; keep it on a local disk.
 */
public final class Store implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    private static final Duration NO_LIMIT = Outcomes.NO_LIMIT;

    private final String name;
    private final StoreOptions options;
    private final @Nullable StoreLock lock;
    private final Statements writing;
    private final Writer writer;
    private final @Nullable Readers readers;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final LongAdder refused = new LongAdder();
    private volatile @Nullable StoreException damage;

    private Store(
            String name, Connections connections, StoreOptions options, @Nullable StoreLock lock) {
        this(name, connections, connections.writer(), options, lock);
    }

    /** A store that nothing is written to. */
    private Store(String name, Connections connections, Statements looking, StoreOptions options) {
        this(name, connections, looking, options, null);
        damage = new StoreException(StoreFault.READ_ONLY, name + " is open for looking at it only");
    }

    private Store(
            String name,
            Connections connections,
            Statements writing,
            StoreOptions options,
            @Nullable StoreLock lock) {
        this.name = name;
        this.options = options;
        this.lock = lock;
        this.writing = writing;
        this.writer =
                new Writer(
                        this,
                        writing,
                        connections.identity(),
                        options,
                        failure -> damage = failure);
        this.readers = connections.inMemory() ? null : new Readers(this, connections, options);
    }

    /**
     * Opens the store in {@code file}, which is made with its directories when it is not there.
     * Beside it SQLite keeps {@code -wal} and {@code -shm} files, and the store a {@code .lock}.
     *
     * @param file the main file
     * @param options bounds, clock and care
     * @return the store, open and verified
     * @throws StoreException {@link StoreFault#LOCKED}, {@link StoreFault#NOT_WRITABLE}, {@link
     *     StoreFault#NOT_A_STORE}, {@link StoreFault#SETTING_REFUSED} or {@link StoreFault#CORRUPT}
     */
    public static Store open(Path file, StoreOptions options) {
        StoreLock lock = StoreLock.claim(file);
        String name = lock.store().toString();
        try {
            return started(new Store(name, new Connections(name, options), options, lock));
        } catch (RuntimeException e) {
            release(lock, e);
            throw e;
        }
    }

    /**
     * Opens the store in {@code file} to look at it, also while another process has it open: what
     * that one has acknowledged is seen, and nothing can be written.
     *
     * @param file the main file, which is there
     * @param options bounds and clock
     * @return the store; {@link #health()} is {@link StoreHealth.ReadOnly}
     * @throws StoreException {@link StoreFault#NOT_A_STORE} when there is none, or {@link
     *     StoreFault#NOT_WRITABLE} when SQLite cannot keep its {@code -shm} file beside it
     */
    public static Store openReadOnly(Path file, StoreOptions options) {
        if (!Files.isRegularFile(file)) {
            throw new StoreException(StoreFault.NOT_A_STORE, "there is no store " + file);
        }
        String name = file.toAbsolutePath().normalize().toString();
        Connections connections = new Connections(name, options);
        return new Store(name, connections, connections.looking(), options);
    }

    /**
     * {@return a store without a file, gone when closed: the same rules, nothing durable} For
     * tests.
     *
     * @param options bounds, clock and care
     */
    public static Store inMemory(StoreOptions options) {
        return started(
                new Store("store in memory", new Connections(":memory:", options), options, null));
    }

    private static Store started(Store store) {
        store.writer.start();
        return store;
    }

    /**
     * Runs {@code work} as one transaction and answers after its commit is on the disk. Inside a
     * running {@code write} of this store it joins that one: its effects are kept or undone with
     * it, and alone undone when only {@code work} fails.
     *
     * <p>An interrupted caller gets a definite answer: either {@link StoreFault#WITHDRAWN}, and
     * nothing was written, or the result. Its interrupt stays set.
     *
     * @param <T> what the work gives
     * @param <X> what the work throws besides unchecked exceptions
     * @param work what to do; runs on a thread of the store
     * @return what {@code work} gave
     * @throws X from the work; nothing was written
     * @throws StoreException {@link StoreFault#FULL} when there was no room for {@link
     *     StoreOptions#admissionWait()}; other faults as {@link StoreFault} says
     */
    public <T, X extends Exception> T write(WriteWork<T, X> work) throws X {
        return write(work, NO_LIMIT);
    }

    /**
     * As {@link #write(WriteWork)}, and gives up after {@code limit}, waiting included.
     *
     * @param <T> what the work gives
     * @param <X> what the work throws besides unchecked exceptions
     * @param work what to do; runs on a thread of the store
     * @param limit from now on
     * @return what {@code work} gave
     * @throws StoreException {@link StoreFault#TIMED_OUT} when time was up; nothing was written
     * @throws X when {@code work} threw it; nothing was written
     */
    public <T, X extends Exception> T write(WriteWork<T, X> work, Duration limit) throws X {
        return written(Job.writing(work), work, limit);
    }

    /**
     * As {@link #write(WriteWork)}, for work that does no harm when it runs twice: what its earlier
     * run wrote is undone before. Neighbours of its kind share a savepoint, so small work costs
     * less; when one of them fails, each runs again in one of its own.
     *
     * @param <T> what the work gives
     * @param <X> what the work throws besides unchecked exceptions
     * @param work what to do; runs on a thread of the store
     * @return what its last run gave
     * @throws X from its last run; nothing was written
     */
    public <T, X extends Exception> T writeRepeatable(WriteWork<T, X> work) throws X {
        return written(Job.repeating(work), work, NO_LIMIT);
    }

    private <T, X extends Exception> T written(Job<T> job, WriteWork<T, X> work, Duration limit)
            throws X {
        Tx tx = StoreThread.current(this);
        if (tx != null) {
            return tx.nested(work);
        }
        admit(job);
        return Outcomes.await(job, limit, this::forget);
    }

    /**
     * As {@link #write(WriteWork)}, for work that has no answer.
     *
     * @param <X> what the work throws besides unchecked exceptions
     * @param action what to do; runs on the writer thread
     * @throws X when {@code action} threw it; nothing was written
     */
    public <X extends Exception> void execute(WriteAction<X> action) throws X {
        this.<Boolean, X>write(tx -> {
            action.run(tx);
            return true;
        });
    }

    /**
     * Queues {@code work} and never waits. Not for use inside a transaction.
     *
     * @param <T> what the work gives
     * @param work what to do; runs on a thread of the store
     * @return whether it has a place, and the outcome to come
     */
    public <T> Offer<T> offer(WriteWork<T, ? extends Exception> work) {
        return offered(Job.writing(work));
    }

    /**
     * As {@link #offer}, for work as {@link #writeRepeatable} takes it.
     *
     * @param <T> what the work gives
     * @param work what to do; runs on a thread of the store
     * @return whether it has a place, and the outcome to come
     */
    public <T> Offer<T> offerRepeatable(WriteWork<T, ? extends Exception> work) {
        return offered(Job.repeating(work));
    }

    private <T> Offer<T> offered(Job<T> job) {
        if (StoreThread.current(this) != null) {
            throw new StoreException(
                    StoreFault.MISPLACED,
                    "inside a transaction nothing can be answered later; call write, it joins");
        }
        if (closed.get()) {
            return new Offer.Closed<>(Writer.closed());
        }
        StoreException wrong = damage;
        if (wrong != null) {
            return new Offer.Closed<>(Writer.readOnly(wrong));
        }
        try {
            if (!writer.offer(job, Duration.ZERO)) {
                refused.increment();
                return new Offer.Full<>(options.writeBound());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("an offer without a wait is not interrupted", e);
        }
        // Whatever the caller hangs on the outcome must not run on the writer.
        return new Offer.Accepted<>(
                job.outcome()
                        .whenCompleteAsync((answer, failure) -> {}, Thread::startVirtualThread));
    }

    /**
     * As {@link #offer}, with a refusal as a failed outcome: {@link StoreFault#FULL} or {@link
     * StoreFault#CLOSED}.
     *
     * @param <T> what the work gives
     * @param work what to do; runs on a thread of the store
     * @return completed after the commit is on the disk
     */
    public <T> CompletableFuture<T> writeAsync(WriteWork<T, ? extends Exception> work) {
        return switch (this.<T>offer(work)) {
            case Offer.Accepted<T>(CompletableFuture<T> outcome) -> outcome;
            case Offer.Full<T>(int bound) -> CompletableFuture.failedFuture(full("write", bound));
            case Offer.Closed<T>(StoreException reason) -> CompletableFuture.failedFuture(reason);
        };
    }

    /**
     * Runs {@code work} on one snapshot: all acknowledged writes, and nothing that comes later.
     * Inside a running {@code write} of this store it also sees what that has written.
     *
     * @param <T> what the work gives
     * @param <X> what the work throws besides unchecked exceptions
     * @param work what to do; runs on a thread of the store
     * @return what {@code work} gave
     * @throws X from the work
     * @throws StoreException {@link StoreFault#FULL} when {@link StoreOptions#readBound()} reads
     *     wait already
     */
    public <T, X extends Exception> T read(ReadWork<T, X> work) throws X {
        return read(work, NO_LIMIT);
    }

    /**
     * As {@link #read(ReadWork)}, and gives up after {@code limit}.
     *
     * @param <T> what the work gives
     * @param <X> what the work throws besides unchecked exceptions
     * @param work what to do; runs on a thread of the store
     * @param limit from now on
     * @return what {@code work} gave
     * @throws StoreException {@link StoreFault#TIMED_OUT} when time was up
     * @throws X when {@code work} threw it
     */
    public <T, X extends Exception> T read(ReadWork<T, X> work, Duration limit) throws X {
        Tx tx = StoreThread.current(this);
        if (tx != null) {
            return tx.nestedRead(work);
        }
        Job<T> job = Job.reading(work);
        if (readers == null) {
            admit(job);
        } else if (closed.get()) {
            throw Writer.closed();
        } else if (!readers.offer(job)) {
            if (closed.get()) {
                throw Writer.closed();
            }
            refused.increment();
            throw full("read", options.readBound());
        }
        return Outcomes.await(job, limit, this::forget);
    }

    /**
     * Writes a copy of the store as it is now, while work goes on. Never copy the file itself while
     * it is open: the copy could miss what is in the {@code -wal} file, and on POSIX systems
     * closing it would drop SQLite's locks.
     *
     * @param target a file that is not there yet; open it as a store to use it
     * @throws StoreException {@link StoreFault#NOT_WRITABLE} when it is there or cannot be made,
     *     {@link StoreFault#MISPLACED} inside a transaction and for a store in memory
     */
    public void backup(Path target) {
        if (readers == null || StoreThread.current(this) != null) {
            throw new StoreException(
                    StoreFault.MISPLACED,
                    "a backup is made of a store with a file, outside of its transactions");
        }
        if (Files.exists(target)) {
            throw new StoreException(
                    StoreFault.NOT_WRITABLE,
                    target + " is there already; a backup replaces nothing");
        }
        read(tx -> ((Tx) tx).copyTo(target));
    }

    /**
     * Brings the schema of a component up to date: applies what is missing, in order, each as one
     * transaction.
     *
     * @param migrations all of the component's, also those applied long ago
     * @return names of the migrations applied now
     * @throws StoreException {@link StoreFault#MIGRATION_CHANGED}, {@link
     *     StoreFault#MIGRATION_FAILED} or {@link StoreFault#MIGRATION_UNKNOWN}
     */
    public List<String> migrate(Migrations migrations) {
        return migrations.applyTo(this);
    }

    /** {@return true inside a {@code write} or {@code read} of this store: calls here join it} */
    public boolean inTransaction() {
        return Thread.currentThread() instanceof StoreThread && StoreThread.current(this) != null;
    }

    /** {@return the file, with links resolved; empty for a store in memory} */
    public Optional<Path> file() {
        return isDurable() ? Optional.of(Path.of(name)) : Optional.empty();
    }

    /** {@return whether what was acknowledged outlives the process} */
    public boolean isDurable() {
        return readers != null;
    }

    /** {@return what the store can do now} */
    public StoreHealth health() {
        StoreException wrong = damage;
        if (closed.get()) {
            return new StoreHealth.Closed();
        }
        return wrong == null ? new StoreHealth.Open() : new StoreHealth.ReadOnly(wrong);
    }

    /** {@return numbers since it was opened} */
    public StoreStats stats() {
        return new StoreStats(
                writer.queued(),
                options.writeBound(),
                writer.committed.sum(),
                writer.failed.sum(),
                refused.sum(),
                writer.commits.sum());
    }

    /** For tests about groups: however busy the machine is, no group ends because it is late. */
    void keepGroupsWhole() {
        writer.keepGroupsWhole();
    }

    /**
     * Writes what is queued, waits for running reads (at most {@link StoreOptions#closeWait()},
     * then they are cancelled), and gives the file free. Closing twice is fine.
     */
    @Override
    public void close() {
        if (Thread.currentThread() instanceof StoreThread) {
            throw new StoreException(
                    StoreFault.MISPLACED, "a transaction cannot close the store it runs in");
        }
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        boolean ended = false;
        try {
            ended = !writer.isStarted() || writer.stop();
            if (readers != null) {
                readers.close();
            }
            if (ended) {
                writing.close();
            }
        } catch (InterruptedException e) {
            interrupted = true;
            LOG.warn("Closing {} was interrupted; what was acknowledged is on the disk", name);
        } catch (SQLException e) {
            LOG.warn("Closing {} failed; what was acknowledged is on the disk", name, e);
        } finally {
            if (ended) {
                unlock();
            } else {
                LOG.error("A transaction of {} does not end; the file stays locked", name);
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The file, or a text that says that there is none. */
    @Override
    public String toString() {
        return name;
    }

    private void admit(Job<?> job) {
        if (closed.get()) {
            throw Writer.closed();
        }
        StoreException wrong = damage;
        if (wrong != null && job.writes()) {
            throw Writer.readOnly(wrong);
        }
        try {
            if (!writer.offer(job, options.admissionWait())) {
                refused.increment();
                throw full("write", options.writeBound());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw job.abandoned();
        }
    }

    /** Gives the place of a withdrawn job free. */
    private void forget(Job<?> job) {
        writer.forget(job);
        if (readers != null) {
            readers.forget(job);
        }
    }

    private static StoreException full(String which, int bound) {
        return new StoreException(
                StoreFault.FULL,
                "the "
                        + which
                        + " queue of the store is full ("
                        + bound
                        + "); slow down and retry");
    }

    private void unlock() {
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                LOG.warn("The lock of {} could not be given back", name, e);
            }
        }
    }

    private static void release(StoreLock lock, RuntimeException because) {
        try {
            lock.close();
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }
}
