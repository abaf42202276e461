package dev.flowir.wasm.json;

import dev.flowir.ir.Codec;
import dev.flowir.ir.Codecs;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.plan.OnlyWith;
import dev.flowir.wasm.EdgeContents;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The forms of all types that cross the boundary of a worker, put together when it is built. */
public final class FormBook implements Codecs {

    private static @Nullable FormBook ofWorker;

    private final Map<Type<?>, EdgeCodec<?>> codecs = new LinkedHashMap<>();
    private final List<String> plans = new ArrayList<>();

    /** A book with {@link String} in it, and {@link JsonValue} where the worker needs it. */
    public FormBook() {
        values();
        add(Type.of(String.class), Forms.TEXT);
    }

    @OnlyWith(value = EdgeContents.VALUES, optional = true)
    private void values() {
        add(Type.of(JsonValue.class), Forms.JSON);
    }

    /** {@return the book that was written for this worker when it was built} */
    public static FormBook ofWorker() {
        FormBook known = ofWorker;
        if (known == null) {
            known = WorkerForms.read();
            ofWorker = known;
        }
        return known;
    }

    /**
     * Adds a type.
     *
     * @param type the type
     * @param form how its values look
     * @param <T> the type
     */
    public <T> void add(Type<T> type, Form<T> form) {
        codecs.put(type, new EdgeCodec<>(form));
    }

    /**
     * Adds a type, for written code that has checked that both belong together.
     *
     * @param type the type
     * @param form how its values look
     */
    public void put(Type<?> type, Form<?> form) {
        codecs.put(type, new EdgeCodec<>(form));
    }

    /**
     * Adds what the next flow that runs durably is pinned to.
     *
     * @param hash hash of its plan
     */
    public void plan(String hash) {
        plans.add(hash);
    }

    /** {@return hashes of the flows that run durably, in their order} */
    public List<String> plans() {
        return List.copyOf(plans);
    }

    /**
     * The codec of a type.
     *
     * @throws IllegalArgumentException when the worker was built without it
     */
    @Override
    public <T> Codec<T> of(Type<T> type) {
        return edge(type);
    }

    /**
     * The codec of a type, for text.
     *
     * @param type the type
     * @param <T> the type
     * @return the codec
     * @throws IllegalArgumentException when the worker was built without it
     */
    @SuppressWarnings("unchecked") // the map holds under each type the codec of that type
    public <T> EdgeCodec<T> edge(Type<T> type) {
        EdgeCodec<?> found = codecs.get(type);
        if (found == null) {
            throw new IllegalArgumentException("the worker was built without JSON of " + type);
        }
        return (EdgeCodec<T>) found;
    }
}
