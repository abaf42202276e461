package dev.flowir.queue;

import java.util.OptionalLong;

/** Moments to wake up at, which there may be none of. */
final class Wake {

    private Wake() {}

    static OptionalLong earlier(OptionalLong a, OptionalLong b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.isEmpty() ? b : a;
        }
        return OptionalLong.of(Math.min(a.getAsLong(), b.getAsLong()));
    }

    static OptionalLong after(OptionalLong moment, long millis) {
        return moment.isEmpty() ? moment : OptionalLong.of(moment.getAsLong() + millis);
    }
}
