package dev.flowir.wasm;

import dev.flowir.kernel.cap.WireRequest;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectException;
import dev.flowir.object.ObjectFault;
import dev.flowir.object.ObjectLife;
import dev.flowir.object.ObjectSocket;
import dev.flowir.object.SocketLimits;
import dev.flowir.object.SocketOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What happens to the sockets of objects: each piece of news is a turn of the object. */
final class EdgeSockets {

    /** No limit: the platform bounds the whole request. */
    private static final int ANY = Integer.MAX_VALUE;

    private EdgeSockets() {}

    /** A life begins: what is answered without waking it is told to the platform. */
    static void begin(ObjectClass<?> type, JsObject js) {
        Optional<SocketOptions.Answer> answer = ObjectLife.sockets(type).answer();
        if (answer.isPresent()) {
            js.answers(answer.get().to(), answer.get().with());
        }
    }

    /** The open sockets of an object. */
    static List<ObjectSocket> of(EdgeContext context, ObjectClass<?> type, JsObject js) {
        SocketLimits limits = ObjectLife.sockets(type).limits();
        List<ObjectSocket> open = new ArrayList<>();
        js.sockets(socket -> {
            if (socket.isOpen()) {
                open.add(new EdgeSocket(context, limits, socket));
            }
        });
        return open;
    }

    /** News of a socket. */
    static <C> void take(
            EdgeObject<C> object, ObjectLife<C> life, EdgeContext context, EdgeErrand errand) {
        JsObject.Event event = errand.event();
        SocketLimits limits = ObjectLife.sockets(object.type()).limits();
        EdgeSocket socket = new EdgeSocket(context, limits, event.socket());
        switch (event.kind()) {
            case "open" -> object.turn(context, errand, () -> open(object, life, context, event));
            case "text" -> {
                if (takes(event, event.input().length(), limits)) {
                    text(object, life, context, errand, socket);
                } else {
                    errand.done("");
                }
            }
            case "bytes" -> {
                byte[] bytes = event.bytes();
                if (takes(event, bytes.length, limits)) {
                    tell(
                            object,
                            context,
                            errand,
                            () -> {
                                if (socket.isOpen()) {
                                    life.bytes(socket, bytes);
                                }
                            });
                } else {
                    errand.done("");
                }
            }
            case "failed" ->
                    tell(
                            object,
                            context,
                            errand,
                            () -> life.failed(socket, new PlatformException(event.input())));
            default ->
                    tell(
                            object,
                            context,
                            errand,
                            () -> life.closed(socket, event.code(), event.input()));
        }
    }

    private static boolean takes(JsObject.Event event, int size, SocketLimits limits) {
        if (size > limits.maxMessageBytes()) {
            event.socket().close(1009, "more than " + limits.maxMessageBytes() + " bytes");
            return false;
        }
        return true;
    }

    private static <C> void open(
            EdgeObject<C> object, ObjectLife<C> life, EdgeContext context, JsObject.Event event) {
        SocketLimits limits = ObjectLife.sockets(object.type()).limits();
        if (of(context, object.type(), object.js()).size() >= limits.maxSockets()) {
            throw new ObjectException(
                    ObjectFault.TOO_MANY_SOCKETS,
                    "the object has " + limits.maxSockets() + " open sockets, the most there are");
        }
        JsSocket js = event.socket();
        EdgeSocket socket = new EdgeSocket(context, limits, js);
        List<String> tags = limits.ensureTags(life.opened(socket, asked(event.asked())));
        tags.forEach(js::tag);
        context.leave(js::accept);
    }

    private static WireRequest asked(JsSocket.Asked asked) {
        Map<String, String> parameters = new LinkedHashMap<>();
        asked.parameters(parameters::put);
        Map<String, List<String>> headers = new LinkedHashMap<>();
        asked.headers((name, value) -> headers.put(name, List.of(value)));
        Map<String, List<String>> query = new LinkedHashMap<>();
        Query.parse(asked.query(), ANY, query);
        return new WireRequest(
                asked.events() ? WireRequest.Kind.EVENTS : WireRequest.Kind.SOCKET,
                parameters,
                query,
                headers,
                Optional.empty());
    }

    private static <C> void text(
            EdgeObject<C> object,
            ObjectLife<C> life,
            EdgeContext context,
            EdgeErrand errand,
            EdgeSocket socket) {
        String text = errand.event().input();
        try {
            object.turn(
                    context,
                    errand,
                    () -> {
                        if (socket.isOpen()) {
                            life.text(socket, text);
                        }
                    });
        } catch (RuntimeException | Error failed) {
            Optional<String> told = ObjectLife.unhandled(object.type(), text, failed);
            if (told.isPresent()) {
                errand.event().socket().text(told.get(), "");
            } else {
                log(object, "a message was not handled", failed);
            }
            errand.done("");
        }
    }

    private static void tell(
            EdgeObject<?> object, EdgeContext context, EdgeErrand errand, EdgeObject.Work work) {
        try {
            object.turn(context, errand, work);
        } catch (RuntimeException | Error failed) {
            log(object, errand.event().kind() + " was not handled", failed);
            errand.done("");
        }
    }

    private static void log(EdgeObject<?> object, String what, Throwable failed) {
        object.platform()
                .log(
                        "socket of "
                                + object.type().name()
                                + " "
                                + object.js().id()
                                + ": "
                                + what
                                + ": "
                                + failed);
    }
}
