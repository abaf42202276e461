package dev.flowir.kernel.machine;

import dev.flowir.ir.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists cut into batches of so many items, the last of which has what is left. */
final class Batching {

    private Batching() {}

    /** {@return {@code items} in lists of {@code most}; as JSON when they are} */
    static List<?> cut(List<?> items, int most, boolean json) {
        List<Object> batches = new ArrayList<>();
        for (int from = 0; from < items.size(); from += most) {
            List<?> batch = items.subList(from, Math.min(items.size() - from, most) + from);
            batches.add(json ? new JsonValue.Arr(values(batch)) : List.copyOf(batch));
        }
        return batches;
    }

    private static List<JsonValue> values(List<?> items) {
        List<JsonValue> values = new ArrayList<>(items.size());
        for (Object item : items) {
            values.add((JsonValue) item);
        }
        return values;
    }

    /**
     * {@return what batches gave, one after the other} Those that gave nothing are left out; what
     * is no list counts as one output, since a machine does not look into what bodies give.
     */
    static @Nullable Object[] joined(@Nullable Object[] outputs) {
        List<Object> all = new ArrayList<>();
        for (Object output : outputs) {
            if (output instanceof JsonValue.Arr array) {
                all.addAll(array.items());
            } else if (output instanceof List<?> list) {
                all.addAll(list);
            } else if (output != null) {
                all.add(output);
            }
        }
        return all.toArray();
    }
}
