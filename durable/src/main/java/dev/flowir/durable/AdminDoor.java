package dev.flowir.durable;

import dev.flowir.kernel.host.TimeSource;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where other processes of the same user ask a runtime to steer its runs: a socket beside the
 * store. A caller says one request and gets one answer.
 */
final class AdminDoor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AdminDoor.class);

    /** Callers at a time; the next one is told so. */
    static final int MAX_CALLERS = 8;

    /** How long a caller may take to say what it wants. */
    static final long PATIENCE_NANOS = 10_000_000_000L;

    /** What a request says besides its payload: an id, a name, a key. */
    private static final int AROUND_PAYLOAD_BYTES = 1 << 16;

    private final AdminFolder folder;
    private final ServerSocketChannel server;
    private final int mostBytes;
    private final TimeSource time;
    private final UnaryOperator<String> answers;
    private final Semaphore places = new Semaphore(MAX_CALLERS);
    private final Set<SocketChannel> callers = ConcurrentHashMap.newKeySet();

    private AdminDoor(
            AdminFolder folder,
            ServerSocketChannel server,
            int mostBytes,
            TimeSource time,
            UnaryOperator<String> answers) {
        this.folder = folder;
        this.server = server;
        this.mostBytes = mostBytes;
        this.time = time;
        this.answers = answers;
    }

    /**
     * Opens the door of the application that has {@code store}.
     *
     * @param limits bound what a request carries
     * @param answers gives the answer to a line
     */
    static AdminDoor open(
            Path store, DurableLimits limits, TimeSource time, UnaryOperator<String> answers) {
        AdminFolder folder = AdminFolder.of(store);
        try {
            Path socket = folder.prepare();
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            int mostBytes = Math.addExact(limits.maxPayloadBytes(), AROUND_PAYLOAD_BYTES);
            AdminDoor door = new AdminDoor(folder, server, mostBytes, time, answers);
            try {
                server.bind(UnixDomainSocketAddress.of(socket));
                folder.announce(socket);
            } catch (IOException e) {
                server.close();
                throw e;
            }
            Thread.ofVirtual().name("flowir-admin").start(door::listen);
            return door;
        } catch (IOException e) {
            throw new UncheckedIOException("no door can be made for " + store, e);
        }
    }

    private void listen() {
        while (true) {
            try {
                SocketChannel caller = server.accept();
                callers.add(caller);
                Thread.ofVirtual().name("flowir-admin-caller").start(() -> serve(caller));
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException e) {
                LOG.error("the door for other processes is shut until the next start", e);
                return;
            }
        }
    }

    private void serve(SocketChannel caller) {
        boolean hasPlace = places.tryAcquire();
        try (caller) {
            Lines.write(caller, hasPlace ? answer(caller) : RequestText.refused(busy()));
        } catch (IOException e) {
            LOG.debug("a caller left", e);
        } finally {
            callers.remove(caller);
            if (hasPlace) {
                places.release();
            }
        }
    }

    private static JournalException busy() {
        return new JournalException(
                JournalFault.FULL, MAX_CALLERS + " others ask at this time; try again");
    }

    private String answer(SocketChannel caller) throws IOException {
        TimeSource.Timer late = time.schedule(time.nanos() + PATIENCE_NANOS, () -> leave(caller));
        String line;
        try {
            line =
                    Lines.read(caller, mostBytes)
                            .orElseThrow(() ->
                                    new JournalException(
                                            JournalFault.TOO_LARGE,
                                            "a request is a line of "
                                                    + mostBytes
                                                    + " bytes at most"));
        } catch (JournalException refused) {
            return RequestText.refused(refused);
        } finally {
            late.cancel();
        }
        try {
            return answers.apply(line);
        } catch (JournalException refused) {
            return RequestText.refused(refused);
        } catch (RuntimeException e) {
            LOG.warn("a request of another process failed", e);
            return RequestText.refused(
                    new JournalException(JournalFault.WRONG_STATE, "it failed: " + e));
        }
    }

    private static void leave(SocketChannel caller) {
        try {
            caller.close();
        } catch (IOException e) {
            LOG.debug("a caller left", e);
        }
    }

    @Override
    public void close() {
        try {
            folder.clear();
            server.close();
        } catch (IOException e) {
            LOG.warn("the door for other processes could not be cleared away", e);
        }
        callers.forEach(AdminDoor::leave);
    }
}
