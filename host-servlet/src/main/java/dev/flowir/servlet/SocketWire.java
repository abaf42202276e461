package dev.flowir.servlet;

import dev.flowir.kernel.cap.Frame;
import dev.flowir.kernel.cap.Wire;
import dev.flowir.kernel.cap.WireEnd;
import dev.flowir.kernel.cap.WireRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A WebSocket of the container. */
final class SocketWire extends Endpoint implements Wire {

    private static final Logger LOG = LoggerFactory.getLogger(FlowServlet.class);

    /** RFC 6455, 7.4.1: the message is too big. */
    private static final int TOO_BIG = 1009;

    private final WireRoute route;
    private final WireRequest asked;
    private final Consumer<Wire> onOpen;
    private final Consumer<Wire> onClose;
    private final AtomicReference<@Nullable Session> session = new AtomicReference<>();
    private final AtomicReference<@Nullable WireEnd> end = new AtomicReference<>();
    private final AtomicReference<@Nullable CloseReason> closing = new AtomicReference<>();

    // what has come of a message in parts; one thread at a time
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);

    SocketWire(WireRoute route, WireRequest asked, Consumer<Wire> onOpen, Consumer<Wire> onClose) {
        this.route = route;
        this.asked = asked;
        this.onOpen = onOpen;
        this.onClose = onClose;
    }

    /** Has the container upgrade the request; false when it is no handshake. */
    boolean upgrade(Object container, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ServerEndpointConfig config =
                // Jetty wants a public class; the instance is ours
                ServerEndpointConfig.Builder.create(Endpoint.class, "/")
                        .configurator(new Own(this))
                        .build();
        try {
            ((ServerContainer) container)
                    .upgradeHttpToWebSocket(request, response, config, Map.of());
            return response.getStatus() == HttpServletResponse.SC_SWITCHING_PROTOCOLS
                    || response.isCommitted();
        } catch (DeploymentException refused) {
            LOG.debug("no upgrade: {}", refused.toString());
            return false;
        }
    }

    /** Gives the container this one wire. */
    private static final class Own extends ServerEndpointConfig.Configurator {

        private final SocketWire wire;

        Own(SocketWire wire) {
            this.wire = wire;
        }

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(wire);
        }
    }

    @Override
    public void onOpen(Session opened, EndpointConfig config) {
        session.set(opened);
        opened.setMaxIdleTimeout(0);
        // in parts: a container keeps a buffer of the largest whole message for each connection
        opened.addMessageHandler(
                String.class,
                new MessageHandler.Partial<String>() {
                    @Override
                    public void onMessage(String part, boolean last) {
                        text(part, last);
                    }
                });
        opened.addMessageHandler(
                ByteBuffer.class,
                new MessageHandler.Partial<ByteBuffer>() {
                    @Override
                    public void onMessage(ByteBuffer part, boolean last) {
                        bytes(part, last);
                    }
                });
        onOpen.accept(this);
        WireEnd known = route.ends().open(asked, this);
        end.set(known);
        // Whoever opened it may have closed it meanwhile, and the container may have said so
        // already.
        CloseReason before = closing.get();
        if (before != null && end.compareAndSet(known, null)) {
            tell(known, before);
        }
    }

    private void text(String part, boolean last) {
        if (text.length() + part.length() > route.options().maxBodyBytes()) {
            text.setLength(0);
            close(TOO_BIG, "too big");
            return;
        }
        text.append(part);
        WireEnd known = end.get();
        if (last && known != null) {
            String whole = text.toString();
            text.setLength(0);
            text.trimToSize();
            known.text(whole);
        }
    }

    private void bytes(ByteBuffer part, boolean last) {
        if (bytes.size() + part.remaining() > route.options().maxBodyBytes()) {
            bytes.reset();
            close(TOO_BIG, "too big");
            return;
        }
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        bytes.writeBytes(copy);
        WireEnd known = end.get();
        if (last && known != null) {
            byte[] whole = bytes.toByteArray();
            bytes.reset();
            known.bytes(whole);
        }
    }

    @Override
    public void onClose(Session closed, CloseReason reason) {
        onClose.accept(this);
        closing.set(reason);
        WireEnd known = end.getAndSet(null);
        if (known != null) {
            tell(known, reason);
        }
    }

    private static void tell(WireEnd known, CloseReason reason) {
        known.closed(reason.getCloseCode().getCode(), String.valueOf(reason.getReasonPhrase()));
    }

    @Override
    public void onError(Session failed, Throwable failure) {
        LOG.debug("a WebSocket failed: {}", failure.toString());
        WireEnd known = end.get();
        if (known != null) {
            known.failed(failure);
        }
    }

    @Override
    public void send(Frame frame, Consumer<Optional<Throwable>> sent) {
        Session known = session.get();
        if (known == null || !known.isOpen()) {
            sent.accept(Optional.of(new IOException(Exchange.CLIENT_LEFT)));
            return;
        }
        try {
            switch (frame) {
                case Frame.Text one ->
                        known.getAsyncRemote()
                                .sendText(one.text(), result -> sent.accept(failure(result)));
                case Frame.Bytes one ->
                        known.getAsyncRemote()
                                .sendBinary(
                                        ByteBuffer.wrap(one.bytes()),
                                        result -> sent.accept(failure(result)));
            }
        } catch (IllegalStateException closed) { // it was closed in between
            sent.accept(Optional.of(closed));
        }
    }

    private static Optional<Throwable> failure(SendResult result) {
        return result.isOK() ? Optional.empty() : Optional.of(result.getException());
    }

    @Override
    public void close(int code, String reason) {
        Session known = session.get();
        if (known == null) {
            return;
        }
        // containers wait until the close frame is written
        Thread.startVirtualThread(() -> {
            try {
                known.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), reason));
            } catch (IOException | IllegalStateException gone) {
                LOG.debug("a WebSocket was closed already: {}", gone.toString());
            }
        });
    }
}
