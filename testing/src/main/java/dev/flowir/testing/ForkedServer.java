package dev.flowir.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * A real server for tests: a process of its own on a free port of the loopback interface. It can be
 * killed, frozen, and started again on the same port and data.
 */
public abstract sealed class ForkedServer implements Closeable permits RedisServer, S3Server {

    /** Another process may take the free port first. */
    private static final int PORTS_TRIED = 5;

    /** How a server is started on a port; it returns when the server answers. */
    @FunctionalInterface
    interface Launch {
        Process on(int port) throws IOException;
    }

    private final Launch launch;
    private final int port;
    private Process process;

    ForkedServer(Launch launch) throws IOException {
        Running first = onAnyPort(launch);
        this.launch = launch;
        this.port = first.port();
        this.process = first.process();
    }

    private record Running(int port, Process process) {}

    private static Running onAnyPort(Launch launch) throws IOException {
        IOException last = new IOException("no port was tried");
        for (int i = 0; i < PORTS_TRIED; i++) {
            int port = freePort();
            try {
                return new Running(port, launch.on(port));
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** {@return its port on the loopback interface, the same after a restart} */
    public final int port() {
        return port;
    }

    /** Kills it, as {@code kill -9} does, and waits for its end. */
    public final void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Asks it to stop, which it does in order, and waits for its end. */
    public final void stop() {
        process.destroy();
        awaitEnd();
    }

    /** Waits for its end, whatever interrupts. */
    private void awaitEnd() {
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Starts it again on the same port and data, after {@link #kill()} or {@link #stop()}.
     *
     * @throws IOException when it does not start
     */
    public final void startAgain() throws IOException {
        if (process.isAlive()) {
            throw new IllegalStateException("it is running");
        }
        process = launch.on(port);
    }

    /**
     * Stops its process where it stands, by SIGSTOP: connections stay, nobody answers.
     *
     * @throws IOException when the signal cannot be sent
     */
    public final void freeze() throws IOException {
        signal("STOP");
    }

    /**
     * Lets it go on after {@link #freeze()}.
     *
     * @throws IOException when the signal cannot be sent
     */
    public final void thaw() throws IOException {
        signal("CONT");
    }

    private void signal(String name) throws IOException {
        Process sent =
                new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                        .inheritIO()
                        .start();
        try {
            if (sent.waitFor() != 0) {
                throw new IOException("SIG" + name + " could not be sent to " + process.pid());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a signal was sent", e);
        }
    }

    /** Kills it, if it runs. */
    @Override
    public final void close() {
        kill();
    }
}
