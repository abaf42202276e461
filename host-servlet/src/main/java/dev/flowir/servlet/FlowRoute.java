package dev.flowir.servlet;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Codecs;
import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Type;
import dev.flowir.kernel.host.PathTemplate;
import java.util.Map;
import java.util.Optional;

/**
 * A flow at a path.
 *
 * @param <I> input of the flow
 * @param <O> output of the flow
 */
final class FlowRoute<I, O> implements RouteHandler {

    private final Flow<I, O> flow;
    private final RouteOptions options;
    private final PayloadReader<I> reader;
    private final Codecs codecs;
    private final boolean repeatable;

    FlowRoute(
            Flow<I, O> flow,
            String method,
            PathTemplate path,
            RouteOptions options,
            Codecs codecs) {
        this.flow = flow;
        this.options = options;
        this.reader = new PayloadReader<>(flow.input(), method, path, options, codecs);
        this.codecs = codecs;
        this.repeatable =
                flow.definition().nodes().stream()
                        .allMatch(node ->
                                node.determinism() == Determinism.STRICT
                                        && node.effects() != Effects.EFFECTFUL);
    }

    Flow<I, O> flow() {
        return flow;
    }

    RouteOptions options() {
        return options;
    }

    PayloadReader<I> reader() {
        return reader;
    }

    /** True when a second run gives the same items, so that those seen can be skipped. */
    boolean isRepeatable() {
        return repeatable;
    }

    /** Answers with a value: its status, and its JSON. */
    Reply reply(Object value) throws CodecException {
        for (Map.Entry<Class<?>, Integer> mapped : options.statuses().entrySet()) {
            if (mapped.getKey().isInstance(value)) {
                return Reply.json(mapped.getValue(), encodeAs(Type.of(mapped.getKey()), value));
            }
        }
        return Reply.json(200, encodeAs(flow.output(), value));
    }

    /** JSON of an item of the flow's stream. */
    byte[] item(Object item) throws CodecException {
        Type<?> type = flow.output().isStream() ? flow.output().arguments().get(0) : flow.output();
        return encodeAs(type, item);
    }

    /** Id of an item's event, when the route gives ids. */
    Optional<String> eventId(Object item) {
        return options.resumption().flatMap(how -> how.eventId().apply(item));
    }

    @SuppressWarnings("unchecked") // the flow's types say what its values are
    private <T> byte[] encodeAs(Type<T> type, Object value) throws CodecException {
        Codec<T> codec = codecs.of(type);
        return codec.encode((T) value);
    }
}
