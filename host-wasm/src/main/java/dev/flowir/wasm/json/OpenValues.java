package dev.flowir.wasm.json;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The objects and arrays that a reader is inside of, from the outside in. */
final class OpenValues {

    /** One of them, and what was seen of it. Used again for the next one at its depth. */
    static final class Open {
        private final Set<String> names = new LinkedHashSet<>();

        /** The member that was begun last; null in arrays. */
        @Nullable String step;

        /** Members or items begun. */
        int count;

        /** Where the component of a record stands that most likely follows. */
        int next;

        /** Names of its members; of a record's those that are no components. */
        Set<String> names() {
            return names;
        }
    }

    private final List<Open> all = new ArrayList<>();
    private int depth;

    int depth() {
        return depth;
    }

    Open begin() {
        if (depth == all.size()) {
            all.add(new Open());
        }
        Open begun = all.get(depth++);
        if (begun.count > 0) {
            begun.names.clear();
            begun.step = null;
            begun.count = 0;
            begun.next = 0;
        }
        return begun;
    }

    void leave() {
        depth--;
    }

    Open top() {
        return all.get(depth - 1);
    }

    /** The same places, without what was seen at them. */
    OpenValues copy() {
        OpenValues copy = new OpenValues();
        for (int i = 0; i < depth; i++) {
            Open same = copy.begin();
            same.step = all.get(i).step;
            same.count = all.get(i).count;
        }
        return copy;
    }

    /** JSON pointer of the value that was begun {@code within} so many of them. */
    String pointer(int within) {
        StringBuilder pointer = new StringBuilder();
        for (int i = 0; i < within; i++) {
            Open each = all.get(i);
            String step = each.step;
            if (step != null) {
                pointer.append(step(step));
            } else if (each.count > 0) {
                pointer.append('/').append(each.count - 1);
            }
        }
        return pointer.toString();
    }

    static String step(String name) {
        return "/" + JsonChars.clipped(name).replace("~", "~0").replace("/", "~1");
    }
}
