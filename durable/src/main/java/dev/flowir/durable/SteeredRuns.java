package dev.flowir.durable;

import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.RunRow;
import dev.flowir.store.Store;
import dev.flowir.store.StoreException;
import dev.flowir.store.StoreFault;
import dev.flowir.store.StoreOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Steers the durable runs in a store from another process, without the code of their flows. While
 * an application has the store open and takes requests ({@link DurableBuilder#admin}), it is asked;
 * while none has, the request is kept in the store for the next one.
 */
public final class SteeredRuns {

    /** Bytes of an answer: a state, or why it was refused. */
    private static final int MOST_ANSWERED = 1 << 20;

    private final Path file;

    private SteeredRuns(Path file) {
        this.file = file;
    }

    /**
     * The runs in a store.
     *
     * @param file the store, which is there
     * @return its runs
     */
    public static SteeredRuns in(Path file) {
        return new SteeredRuns(file);
    }

    /**
     * Asks for something.
     *
     * @param request what
     * @param limit how long an application may take to do it
     * @return what became of it
     * @throws JournalException what the application refused it with; {@link JournalFault#NO_DOOR}
     *     when it takes no requests, {@link JournalFault#NO_ANSWER} when it gave none in time;
     *     while there is no application {@link JournalFault#NOT_FOUND}, {@link
     *     JournalFault#WRONG_STATE} or {@link JournalFault#FULL}
     * @throws StoreException when there is no such store, or it cannot be read or written
     * @throws InterruptedException when the calling thread was interrupted; it may have been done
     */
    public Steered ask(RunRequest request, Duration limit) throws InterruptedException {
        Store.openReadOnly(file, StoreOptions.defaults()).close(); // makes none where there is none
        try (Store taken = Store.open(file, StoreOptions.defaults())) {
            return keep(taken, request);
        } catch (StoreException e) {
            if (e.fault() == StoreFault.LOCKED) {
                String owner = String.valueOf(e.getMessage());
                String answer = askOwner(RequestText.write(request), limit, () -> owner);
                return new Steered.Done(RequestText.answer(answer));
            }
            throw e;
        }
    }

    /**
     * Asks the application that has the store something beside its runs, for which it was opened
     * with {@link DurableBuilder#admin(String, java.util.function.UnaryOperator)}.
     *
     * @param topic what it is about
     * @param question what is asked
     * @param limit how long it may take to answer
     * @return its answer
     * @throws JournalException {@link JournalFault#NO_DOOR} when there is no application that takes
     *     requests about it, {@link JournalFault#NO_ANSWER} when it gave none in time, {@link
     *     JournalFault#WRONG_STATE} when it failed
     * @throws InterruptedException when the calling thread was interrupted; it may have been done
     */
    public JsonValue ask(String topic, JsonValue question, Duration limit)
            throws InterruptedException {
        String line = RequestText.write(new RequestText.Question(topic, question));
        return RequestText.told(askOwner(line, limit, this::owner));
    }

    /** Who has the store, in the words of its lock. */
    private String owner() {
        Store.openReadOnly(file, StoreOptions.defaults()).close(); // makes none where there is none
        try (Store free = Store.open(file, StoreOptions.defaults())) {
            return free + " is open nowhere";
        } catch (StoreException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static Steered keep(Store store, RunRequest request) {
        StoreJournal journal = StoreJournal.look(store).orElseThrow(() -> notFound(request));
        RunRow row =
                journal.read(tx -> tx.find(request.run())).orElseThrow(() -> notFound(request));
        boolean anew =
                request instanceof RunRequest.Restart || request instanceof RunRequest.RestartFrom;
        if (row.state().isOver() && !anew) {
            throw new JournalException(
                    JournalFault.WRONG_STATE, "run '" + row.id() + "' is over: " + row.state());
        }
        if (!store.read(KeptRequests::areTaken)) {
            throw new JournalException(
                    JournalFault.WRONG_STATE,
                    "the store was last used by a release that takes no requests; start the"
                            + " application with this one first");
        }
        store.execute(tx -> KeptRequests.add(tx, row.run(), System.currentTimeMillis(), request));
        return new Steered.Kept();
    }

    private static JournalException notFound(RunRequest request) {
        return new JournalException(
                JournalFault.NOT_FOUND, "there is no run '" + request.run() + "'");
    }

    private String askOwner(String request, Duration limit, Supplier<String> owner)
            throws InterruptedException {
        Path socket;
        try {
            socket =
                    AdminFolder.of(file.toRealPath())
                            .socket()
                            .orElseThrow(() ->
                                    new JournalException(
                                            JournalFault.NO_DOOR,
                                            "it takes no requests, or not yet; let it be opened"
                                                    + " with .admin(). "
                                                    + owner.get()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            CompletableFuture<String> answer = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> talk(channel, request, answer));
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw noAnswer("in " + limit + "; it may still do it. " + owner.get(), e);
        } catch (ExecutionException e) {
            throw noAnswer("and left; it may have done it. " + owner.get(), e);
        } catch (IOException e) {
            throw noAnswer("at " + socket + ": " + e + ". " + owner.get(), e);
        }
    }

    private static void talk(
            SocketChannel channel, String request, CompletableFuture<String> answer) {
        Optional<IOException> unsent = Optional.empty();
        try {
            Lines.write(channel, request);
        } catch (IOException e) { // whoever refuses without listening has said why before it left
            unsent = Optional.of(e);
        }
        try {
            Optional<String> line = Lines.read(channel, MOST_ANSWERED);
            answer.complete(line.orElseThrow(() -> new IOException("the answer has no end")));
        } catch (IOException | RuntimeException e) {
            unsent.ifPresent(e::addSuppressed);
            answer.completeExceptionally(e);
        }
    }

    private static JournalException noAnswer(String how, Exception cause) {
        return new JournalException(
                JournalFault.NO_ANSWER, "the application does not answer " + how, cause);
    }
}
