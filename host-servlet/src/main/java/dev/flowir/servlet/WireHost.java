package dev.flowir.servlet;

import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.cap.Wire;
import dev.flowir.kernel.cap.WireRequest;
import dev.flowir.kernel.host.Envelope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Connections: a WebSocket for a client that upgrades, server-sent events for one that accepts
 * them, and else the first message as the answer. None of them takes a thread while it is silent.
 */
final class WireHost {

    /** Where a container keeps what upgrades: Jakarta WebSocket 2.2, 6.4. */
    private static final String CONTAINER = "jakarta.websocket.server.ServerContainer";

    /** RFC 6455, 7.4.1: the server is going down. */
    private static final int GOING_AWAY = 1001;

    private final HostSettings settings;
    private final Admission admission;
    private final Set<Wire> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger sockets = new AtomicInteger();

    WireHost(HostSettings settings, Admission admission) {
        this.settings = settings;
        this.admission = admission;
    }

    /** Answers at once, or opens a connection. */
    Optional<Reply> serve(
            WireRoute route,
            RequestHead head,
            Authorization who,
            HttpServletRequest request,
            HttpServletResponse response,
            Function<Consumer<Exchange>, Exchange> exchange)
            throws IOException {
        WireRequest.Kind kind = kind(head);
        WireRequest asked =
                new WireRequest(
                        kind, head.pathParameters(), head.query(), head.headers(), user(head, who));
        return switch (kind) {
            case SOCKET -> upgrade(route, asked, head, request, response);
            case EVENTS, SNAPSHOT -> answer(route, asked, exchange);
        };
    }

    private static WireRequest.Kind kind(RequestHead head) {
        if (head.header("upgrade").filter("websocket"::equalsIgnoreCase).isPresent()) {
            return WireRequest.Kind.SOCKET;
        }
        boolean events =
                head.headers().getOrDefault("accept", List.of()).stream()
                        .anyMatch(accept ->
                                accept.toLowerCase(Locale.ROOT).contains("text/event-stream"));
        return events ? WireRequest.Kind.EVENTS : WireRequest.Kind.SNAPSHOT;
    }

    private Optional<JsonValue> user(RequestHead head, Authorization who) {
        Optional<JsonValue> user =
                who instanceof Authorization.Allowed allowed ? allowed.user() : Optional.empty();
        return user.isEmpty() && settings.user() == HostSettings.UserSource.TRUSTED_HEADER
                ? Metadata.userOf(head)
                : user;
    }

    private Optional<Reply> upgrade(
            WireRoute route,
            WireRequest asked,
            RequestHead head,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Object container = request.getServletContext().getAttribute(CONTAINER);
        if (container == null) {
            return Optional.of(
                    Reply.error(
                            Envelope.of(
                                    501,
                                    "the container has no WebSockets; server-sent events work",
                                    head.requestId())));
        }
        if (sockets.incrementAndGet() > settings.limits().maxStreams()) {
            sockets.decrementAndGet();
            return Optional.of(Host.full(head, "open sockets"));
        }
        SocketWire wire = new SocketWire(route, asked, this::opened, this::closed);
        boolean upgraded = false;
        try {
            upgraded = wire.upgrade(container, request, response);
        } finally {
            if (!upgraded) {
                sockets.decrementAndGet();
            }
        }
        return upgraded
                ? Optional.empty()
                : Optional.of(
                        Reply.error(Envelope.of(400, "no WebSocket handshake", head.requestId())));
    }

    private void opened(Wire wire) {
        open.add(wire);
        if (admission.isDraining()) {
            wire.close(GOING_AWAY, "going away");
        }
    }

    private void closed(Wire wire) {
        open.remove(wire);
        sockets.decrementAndGet();
    }

    private Optional<Reply> answer(
            WireRoute route, WireRequest asked, Function<Consumer<Exchange>, Exchange> make) {
        AnswerWire wire =
                asked.kind() == WireRequest.Kind.EVENTS
                        ? new EventWire(settings.limits().keepAlive())
                        : new SnapshotWire();
        Exchange exchange =
                make.apply(left -> {
                    admission.leave(left);
                    wire.left();
                });
        RequestHead head = exchange.head();
        switch (admission.enter(exchange)) {
            case DRAINING -> {
                return Optional.of(Host.draining(head));
            }
            case FULL -> {
                return Optional.of(Host.full(head, "requests in flight"));
            }
            case ADMITTED -> {
                // goes on below
            }
        }
        if (asked.kind() == WireRequest.Kind.EVENTS
                && admission.becomeStream(exchange) == Admission.Answer.FULL) {
            admission.leave(exchange);
            return Optional.of(Host.full(head, "open streams"));
        }
        exchange.goAsync();
        exchange.onCancel(() -> {
            if (exchange.isGone()) {
                wire.left();
            } else {
                wire.close(GOING_AWAY, "going away");
            }
        });
        wire.begin(exchange, route.ends(), asked);
        return Optional.empty();
    }

    /** Closes the sockets; event streams are known to the admission. */
    void drain() {
        open.forEach(wire -> wire.close(GOING_AWAY, "going away"));
    }

    int openSockets() {
        return sockets.get();
    }
}
