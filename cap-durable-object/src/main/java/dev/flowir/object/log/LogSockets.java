package dev.flowir.object.log;

import dev.flowir.kernel.cap.WireRequest;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.ObjectSocket;
import dev.flowir.object.SlowClient;
import dev.flowir.object.SocketHandler;
import dev.flowir.object.SocketLimits;
import dev.flowir.object.SocketOptions;
import java.util.List;

/**
 * Clients that follow a log by sockets of its object, which may sleep meanwhile. One is told what
 * it missed in the turn that takes it, and what comes by the turn that appends it: turns come one
 * after the other, so nothing is left out and nothing comes twice, and nothing is kept of a client.
 */
final class LogSockets<S, E> implements SocketHandler<EventLog<S, E>>, LogObjects.Followers {

    /** Close code of an application: not understood. */
    private static final int NOT_UNDERSTOOD = 4003;

    private final LogObjects<S, E> shared;

    LogSockets(LogObjects<S, E> shared) {
        this.shared = shared;
    }

    SocketOptions options() {
        SocketOptions plain = SocketOptions.defaults();
        SocketLimits limits = plain.limits();
        LogOptions own = shared.options();
        return plain.with(
                        limits.withClients(own.maxSubscribers(), limits.maxMessageBytes())
                                .withOutbox(own.maxLag(), limits.maxOutboxBytes()))
                .with(SlowClient.SNAPSHOT)
                .answering("ping", "pong");
    }

    @Override
    public List<String> opened(EventLog<S, E> log, ObjectSocket socket, WireRequest request) {
        // No log has a version below 0, so the state comes first.
        long known = request.since().orElse(-1);
        for (Frame<S, E> frame : log.since(known, shared.options().maxLag())) {
            switch (frame) {
                case Frame.State<S, E> all ->
                        socket.send(LogTexts.state(shared.json(), all.snapshot()));
                case Frame.Event<S, E> next ->
                        socket.send(LogTexts.event(shared.json(), next.envelope()));
                case Frame.Ended<S, E> ended ->
                        throw new IllegalStateException("a log that is looked at does not end");
            }
        }
        return List.of();
    }

    @Override
    public void appended(ObjectContext self, long version, byte[] json) {
        List<ObjectSocket> sockets = self.sockets();
        if (!sockets.isEmpty()) {
            dev.flowir.kernel.cap.Frame text = LogTexts.event(version, json);
            for (ObjectSocket socket : sockets) {
                socket.send(text);
            }
        }
    }

    @Override
    public void text(EventLog<S, E> log, ObjectSocket socket, String text) {
        socket.close(NOT_UNDERSTOOD, LogTexts.NOT_UNDERSTOOD);
    }

    @Override
    public void bytes(EventLog<S, E> log, ObjectSocket socket, byte[] bytes) {
        socket.close(NOT_UNDERSTOOD, LogTexts.NOT_UNDERSTOOD);
    }

    @Override
    public void lapsed(EventLog<S, E> log, ObjectSocket socket) {
        socket.send(LogTexts.state(shared.json(), log.snapshot()));
    }
}
