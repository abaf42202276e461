package dev.flowir.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on this machine that writes what a test tells it, byte for byte: right answers, and all
 * kinds of wrong ones. Each request is answered by the next script, and by the last one from then
 * on.
 */
public final class WireServer implements Closeable {

    /** How a request is answered. */
    @FunctionalInterface
    public interface Script {

        /**
         * Answers; when it returns, the connection is kept for another request.
         *
         * @param request what was asked
         * @param wire writes to whoever asked
         * @throws IOException when the other side is gone
         */
        void answer(WireRequest request, Wire wire) throws IOException;
    }

    private static final int HANG_SECONDS = 30;

    private final ServerSocket socket;
    private final BlockingQueue<Script> scripts = new LinkedBlockingQueue<>();
    private final List<WireRequest> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<String> left = new LinkedBlockingQueue<>();
    private final AtomicInteger connections = new AtomicInteger();

    private WireServer(ServerSocket socket) {
        this.socket = socket;
    }

    /**
     * A server on a free port of the loopback address.
     *
     * @return the server; it answers nothing until told
     * @throws IOException when there is no free port
     */
    public static WireServer start() throws IOException {
        WireServer server =
                new WireServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().name("wire-server").start(server::accept);
        return server;
    }

    /** {@return its address, without a slash at the end} */
    public String address() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /**
     * Answers the next request that has no script yet.
     *
     * @param script how
     * @return this
     */
    public WireServer then(Script script) {
        scripts.add(script);
        return this;
    }

    /**
     * Answers with a status and a text, whole and in order.
     *
     * @param status for example 200
     * @param body the text
     * @return this
     */
    public WireServer then(int status, String body) {
        return then((request, wire) -> wire.reply(status, "", body));
    }

    /**
     * Forgets the scripts; no request may be under way.
     *
     * @return this
     */
    public WireServer forget() {
        scripts.clear();
        return this;
    }

    /** {@return the requests so far, in the order they came} */
    public List<WireRequest> requests() {
        return List.copyOf(requests);
    }

    /** {@return how many connections there were} */
    public int connections() {
        return connections.get();
    }

    /**
     * Waits until a client has closed its side of a connection, or has reset it.
     *
     * @throws InterruptedException when interrupted
     * @throws AssertionError when that does not happen for 30 s
     */
    public void awaitClientLeft() throws InterruptedException {
        Expect.that(
                "the client closed its connection",
                left.poll(HANG_SECONDS, TimeUnit.SECONDS) != null);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                connections.incrementAndGet();
                open.add(client);
                Thread.ofVirtual().name("wire-connection").start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            Wire wire = new Wire(client);
            while (true) {
                WireRequest request = wire.read();
                requests.add(request);
                next().answer(request, wire);
            }
        } catch (IOException | InterruptedException gone) {
            left.add(String.valueOf(gone.getMessage()));
        } finally {
            open.remove(client);
        }
    }

    /** The next script; the last one stays. */
    private Script next() throws InterruptedException {
        Script script = scripts.take();
        if (scripts.isEmpty()) {
            scripts.add(script);
        }
        return script;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket client : open) {
            client.close();
        }
    }
}
