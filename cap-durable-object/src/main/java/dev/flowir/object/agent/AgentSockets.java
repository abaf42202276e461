package dev.flowir.object.agent;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.kernel.cap.WireRequest;
import dev.flowir.object.ObjectException;
import dev.flowir.object.ObjectSocket;
import dev.flowir.object.SocketHandler;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Agents and their clients: the state at the start, then calls and pushed states. */
final class AgentSockets<C extends AgentBody<S>, S> implements SocketHandler<C> {

    private static final Logger LOG = LoggerFactory.getLogger(AgentSockets.class);

    private static final Type<Known> KNOWN = Type.of(Known.class);

    private final Declared<C, S> declared;

    /**
     * What stays with a connection.
     *
     * @param access what it may do
     * @param user who it is
     */
    record Known(AgentClient.Access access, Optional<JsonValue> user) {}

    AgentSockets(Declared<C, S> declared) {
        this.declared = declared;
    }

    @Override
    public List<String> opened(C object, ObjectSocket socket, WireRequest request) {
        AgentClient.Access access =
                request.kind() == WireRequest.Kind.SOCKET
                        ? declared.access().apply(request)
                        : AgentClient.Access.READ;
        socket.attach(KNOWN, new Known(access, request.user()));
        AgentCore.of(object).welcome(socket, access, request.since());
        return List.of();
    }

    @Override
    public void lapsed(C object, ObjectSocket socket) {
        AgentCore.of(object)
                .welcome(socket, known(socket).access(), OptionalLong.of(Long.MAX_VALUE));
    }

    @Override
    public void text(C object, ObjectSocket socket, String text) throws Exception {
        switch (Heard.of(text)) {
            case Heard.Call call -> call(object, socket, call);
            case Heard.Push push -> push(object, socket, push);
            case Heard.Nothing nothing ->
                    refuse(socket, nothing.id(), AgentFault.BAD_MESSAGE, nothing.why());
        }
    }

    private void call(C object, ObjectSocket socket, Heard.Call call) throws Exception {
        Callable<C> method = declared.methods().get(call.method());
        if (method == null) {
            refuse(
                    socket,
                    call.id(),
                    AgentFault.UNKNOWN_METHOD,
                    "there is no method '"
                            + call.method()
                            + "'; there are "
                            + declared.methods().keySet());
            return;
        }
        Known known = known(socket);
        if (method.least() == AgentClient.Access.WRITE
                && known.access() == AgentClient.Access.READ) {
            refuse(
                    socket,
                    call.id(),
                    AgentFault.READ_ONLY,
                    "this connection may only look: '" + call.method() + "' is not for it");
            return;
        }
        method.call(
                object, socket, new AgentClient(socket.id(), known.user(), known.access()), call);
    }

    private void push(C object, ObjectSocket socket, Heard.Push push) {
        AgentCore<S> core = AgentCore.of(object);
        if (known(socket).access() == AgentClient.Access.READ) {
            refuse(socket, push.id(), AgentFault.READ_ONLY, "this connection may only look");
            return;
        }
        if (push.on().isPresent() && push.on().getAsLong() < core.stateVersion()) {
            refuse(
                    socket,
                    push.id(),
                    AgentFault.STALE_STATE,
                    "the state was pushed on version "
                            + push.on().getAsLong()
                            + ", the latest is "
                            + core.stateVersion());
            return;
        }
        S next;
        try {
            next = Json.read(declared.state(), push.state());
        } catch (CodecException e) {
            refuse(
                    socket,
                    push.id(),
                    AgentFault.BAD_ARGUMENT,
                    "what was pushed is no " + declared.state() + ": " + e.getMessage());
            return;
        }
        Optional<String> refusal = core.change(next, Optional.of(socket));
        if (refusal.isPresent()) {
            refuse(socket, push.id(), AgentFault.STATE_REFUSED, refusal.get());
        } else {
            socket.send(Said.done(push.id(), core.version()));
        }
    }

    private static void refuse(ObjectSocket socket, String id, AgentFault fault, String why) {
        socket.send(Said.error(id, fault.code(), why));
    }

    private static Known known(ObjectSocket socket) {
        return socket.attachment(KNOWN)
                .orElseThrow(() -> new IllegalStateException("every socket has it from the start"));
    }

    @Override
    public Optional<String> unhandled(String text, Throwable failure) {
        String id = Heard.of(text).id();
        return Optional.of(
                switch (failure) {
                    case AgentException refusal ->
                            Said.error(id, refusal.fault().code(), refusal.detail());
                    case RefusedException refusal ->
                            Said.error(id, refusal.code(), String.valueOf(refusal.getMessage()));
                    case ObjectException refusal ->
                            Said.error(
                                    id,
                                    refusal.fault().code(),
                                    refusal.fault().retryable()
                                            ? "the call left nothing; it can be made again"
                                            : "the call left nothing");
                    default -> {
                        LOG.warn("A call by a client of '{}' failed", declared.name(), failure);
                        yield Said.error(id, AgentFault.METHOD_FAILED.code(), "the method failed");
                    }
                });
    }
}
