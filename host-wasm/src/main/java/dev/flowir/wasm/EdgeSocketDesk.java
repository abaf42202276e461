package dev.flowir.wasm;

import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.cap.WireRequest;
import dev.flowir.object.ObjectClass;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Hands a client that asks for a WebSocket, or for events, over to the object that it wants. */
final class EdgeSocketDesk implements EdgeDesk {

    private static final int UPGRADE_REQUIRED = 426;

    private final ObjectClass<?> type;
    private final Function<WireRequest, String> name;

    EdgeSocketDesk(ObjectClass<?> type, Function<WireRequest, String> name) {
        this.type = type;
        this.name = name;
    }

    @Override
    public EdgeReply answer(Asked asked) {
        String wanted = Query.lower(asked.request().header("upgrade").orElse(""));
        boolean events =
                !wanted.equals("websocket")
                        && Query.lower(asked.request().header("accept").orElse(""))
                                .contains("text/event-stream");
        if (!events && !wanted.equals("websocket")) {
            return EdgeHost.error(
                    UPGRADE_REQUIRED, "here are WebSockets and event streams only", asked.id());
        }
        WireRequest request =
                new WireRequest(
                        events ? WireRequest.Kind.EVENTS : WireRequest.Kind.SOCKET,
                        asked.path(),
                        asked.query(),
                        Map.of(),
                        Optional.empty());
        String object = name.apply(request);
        Map<String, JsonValue> parameters = new LinkedHashMap<>();
        asked.path().forEach((key, value) -> parameters.put(key, JsonValue.text(value)));
        return new EdgeReply.Handed(
                type.name(), object, EdgeReply.text(new JsonValue.Obj(parameters)), events);
    }
}
