package dev.flowir.ir;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A body that gets several items in a list, and must give an output for each in another. */
final class BatchBody {

    private BatchBody() {}

    /** {@return aliases of the nodes that get batches in {@code flow}} */
    static Set<String> in(FlowDefinition flow) {
        Set<String> aliases = new HashSet<>();
        for (ControlSurface surface : flow.controlSurfaces()) {
            if (surface.kind() == SurfaceKind.FOR_EACH
                    && surface.config() instanceof JsonValue.Obj config
                    && config.members().containsKey("batch")
                    && config.members().get("body_entry") instanceof JsonValue.Text alias) {
                aliases.add(alias.value());
            }
        }
        return aliases;
    }

    /** {@return {@code body}, which fails unless it gives as many outputs as it got items} */
    static NodeBody of(String node, NodeBody body) {
        if (!(body instanceof NodeBody.Single single)) {
            return body; // a stream has no place in a list, batch or not
        }
        return (NodeBody.Single)
                (in, handles, context) -> checked(node, in, single.run(in, handles, context));
    }

    /** {@return what runs behind {@code node}, with a body of that kind} */
    static BoundNode of(String node, BoundNode bound) {
        return new BoundNode(of(node, bound.body()), bound.tokens(), bound.site());
    }

    private static Object checked(String node, Object in, @Nullable Object out) {
        int items = items(in).size();
        if (out == null || out == NodeBody.NoOutput.NONE) {
            throw wrong(node, items, "nothing");
        }
        if (!(out instanceof JsonValue.Arr) && !(out instanceof List<?>)) {
            throw wrong(node, items, "no list");
        }
        List<?> outputs = items(out);
        if (outputs.size() != items) {
            throw wrong(node, items, outputs.size() + " outputs");
        }
        int item = 0;
        for (Object output : outputs) {
            if (output == null) {
                throw wrong(node, items, "null for item " + item);
            }
            item++;
        }
        return out;
    }

    private static List<?> items(Object list) {
        return list instanceof JsonValue.Arr array ? array.items() : (List<?>) list;
    }

    private static NonRetryableException wrong(String node, int items, String gave) {
        return new NonRetryableException(
                "'"
                        + node
                        + "' got a batch of "
                        + items
                        + " and gave "
                        + gave
                        + "; it has to give one output for each item, in their order");
    }
}
