package dev.flowir.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands before a port of the loopback interface, for tests: passes on late, cuts connections where
 * they stand, or after so many bytes.
 */
public final class BadNetwork implements Closeable {

    private static final int PIECE = 16 * 1024;

    private final ServerSocket listening;
    private final int behind;
    private final Duration late;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong leftThere = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong leftBack = new AtomicLong(Long.MAX_VALUE);

    private BadNetwork(ServerSocket listening, int behind, Duration late) {
        this.listening = listening;
        this.behind = behind;
        this.late = late;
    }

    /**
     * Opens one.
     *
     * @param port what stands behind it
     * @param late how much later each piece comes
     * @return the network, which is to be closed
     * @throws IOException when no port is free
     */
    public static BadNetwork before(int port, Duration late) throws IOException {
        BadNetwork network =
                new BadNetwork(
                        new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port, late);
        Thread.startVirtualThread(network::accept);
        return network;
    }

    /** {@return where it listens} */
    public int port() {
        return listening.getLocalPort();
    }

    /**
     * All connections end when so many bytes more went to the server. What comes then passes.
     *
     * @param bytes how many
     */
    public void cutAfterSent(long bytes) {
        leftThere.set(bytes);
    }

    /**
     * All connections end when so many bytes more came back. What comes then passes.
     *
     * @param bytes how many
     */
    public void cutAfterAnswered(long bytes) {
        leftBack.set(bytes);
    }

    private void accept() {
        try {
            while (true) {
                Socket near = listening.accept();
                sockets.add(near);
                join(near);
            }
        } catch (IOException e) {
            sockets.forEach(socket -> Thread.startVirtualThread(() -> end(socket)));
        }
    }

    /** Who comes while nobody is behind it sees a cut. */
    private void join(Socket near) {
        try {
            Socket far = new Socket(InetAddress.getLoopbackAddress(), behind);
            sockets.add(far);
            Thread.startVirtualThread(() -> pass(near, far, leftThere));
            Thread.startVirtualThread(() -> pass(far, near, leftBack));
        } catch (IOException e) {
            end(near);
        }
    }

    private void end(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void pass(Socket from, Socket to, AtomicLong left) {
        byte[] piece = new byte[PIECE];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                LockSupport.parkNanos(late.toNanos());
                int passes = (int) Math.min(read, left.getAndAdd(-read));
                out.write(piece, 0, Math.max(0, passes));
                if (passes < read) {
                    left.set(Long.MAX_VALUE);
                    cut();
                    return;
                }
            }
        } catch (IOException e) {
            sockets.remove(from); // both ends are closed by now
        }
    }

    /** Ends all connections in the middle of what they say. */
    public void cut() {
        for (Socket socket : sockets) {
            end(socket);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
    }
}
