package dev.flowir.cli;

import dev.flowir.ir.Emitter;
import dev.flowir.ir.Handlers;
import dev.flowir.ir.Handles;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.json.JsonText;
import java.util.Optional;

/**
 * Handlers that every flow in JSON can use, enough to try out its shape.
 *
 * <ul>
 *   <li>{@code flow::identity} gives what it gets
 *   <li>{@code flow::items} streams the items of a list
 *   <li>{@code flow::fail} fails, with its input as the message
 * </ul>
 */
final class BuiltInHandlers implements Handlers {

    /** The body of {@code flow::fail} was asked to fail. */
    static final class AskedToFailException extends Exception {

        private static final long serialVersionUID = 1;

        AskedToFailException(String message) {
            super(message);
        }
    }

    @Override
    public Optional<NodeBody> find(String identifier) {
        return switch (identifier) {
            case "flow::identity" -> Optional.of(single((in, handles, context) -> in));
            case "flow::items" -> Optional.of(streaming(BuiltInHandlers::items));
            case "flow::fail" -> Optional.of(single(BuiltInHandlers::fail));
            default -> Optional.empty();
        };
    }

    private static NodeBody single(NodeBody.Single body) {
        return body;
    }

    private static NodeBody streaming(NodeBody.Streaming body) {
        return body;
    }

    private static void items(
            Object input, Emitter<Object> out, Handles handles, NodeContext context)
            throws Exception {
        if (!(input instanceof JsonValue.Arr list)) {
            throw new AskedToFailException("flow::items takes a list");
        }
        for (JsonValue item : list.items()) {
            out.emit(item);
        }
    }

    private static Object fail(Object input, Handles handles, NodeContext context)
            throws AskedToFailException {
        throw new AskedToFailException(
                input instanceof JsonValue.Text text
                        ? text.value()
                        : JsonText.compact((JsonValue) input));
    }
}
