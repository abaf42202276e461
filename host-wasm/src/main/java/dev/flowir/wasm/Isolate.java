package dev.flowir.wasm;

import dev.flowir.wasm.json.JsonOut;
import org.jspecify.annotations.Nullable;

/** The isolate that code runs in. Bindings and timers are the same for all of its requests. */
final class Isolate {

    private static @Nullable JsPlatform platform;

    private static @Nullable JsIsolate entered;

    /** How much code runs that must not wait. */
    private static int still;

    private Isolate() {}

    /** Runs code that the platform has called, which therefore must not wait for anything. */
    static void still(Runnable code) {
        still++;
        try {
            code.run();
        } finally {
            still--;
        }
    }

    /** Called with every event: the platform's functions are the same each time. */
    static JsIsolate enter(JsPlatform js) {
        JsIsolate known = entered;
        if (known == null) {
            platform = js;
            JsonOut.reuse();
            known = new JsIsolate(js);
            entered = known;
        }
        return known;
    }

    /** The platform's functions; fails on the JVM that builds a worker, where there are none. */
    static JsPlatform platform() {
        if (platform == null) {
            throw new IllegalStateException(
                    "bindings of the platform are there in an isolate only");
        }
        return platform;
    }

    /** One call of the platform, to be waited for by the coroutine that makes it. */
    static <T> Call<T> call() {
        return new Call<>(new JsIsolate(platform()).parking());
    }

    /**
     * A call under way. Its answer comes from the event loop while the coroutine is parked.
     *
     * @param <T> the answer
     */
    static final class Call<T> {
        private final JsIsolate.Arrival over;
        private @Nullable T answer;
        private @Nullable String failed;

        private Call(JsIsolate.Arrival over) {
            this.over = over;
        }

        void done(T value) {
            answer = value;
            over.unpark();
        }

        void failed(String message) {
            failed = message;
            over.unpark();
        }

        /** The answer, brought by a promise of the platform and nobody else. */
        void arrived(T value) {
            answer = value;
            over.arrived();
        }

        /** Why there is none, brought in the same way. */
        void broke(String message) {
            failed = message;
            over.arrived();
        }

        /** Waits for the answer. */
        T await() {
            if (still > 0) {
                throw new IllegalStateException("inside transaction(…) nothing is waited for");
            }
            over.park();
            T got = answer;
            if (got == null) {
                throw new PlatformException(String.valueOf(failed));
            }
            return got;
        }
    }
}
