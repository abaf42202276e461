package dev.flowir.kernel.machine;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Window;
import dev.flowir.ir.plan.Windowing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Windows of the items of one list: as if they came one after the other, and then no more. */
final class ListWindows {

    private ListWindows() {}

    /** The windows of {@code list}, as it is a list; anything else is left as it is. */
    static @Nullable Object of(Windowing how, @Nullable Object list) {
        if (list instanceof JsonValue.Arr array) {
            List<JsonValue> windows = new ArrayList<>();
            for (Object window : windows(how, array.items())) {
                windows.add((JsonValue) window);
            }
            return new JsonValue.Arr(windows);
        }
        return list instanceof List<?> items ? windows(how, items) : list;
    }

    private static List<Object> windows(Windowing how, List<?> items) {
        WindowState state = WindowState.of(how);
        List<Object> windows = new ArrayList<>();
        int index = 0;
        for (Object item : items) {
            if (item == null) {
                throw new RoutingException("item " + index + " of the list is null");
            }
            state.take(item, 0);
            index++;
        }
        state.finish();
        for (Window<Object, Object> next = state.poll(); next != null; next = state.poll()) {
            windows.add(how.given().apply(next));
        }
        return windows;
    }
}
