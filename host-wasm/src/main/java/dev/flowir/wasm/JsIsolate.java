package dev.flowir.wasm;

import org.jspecify.annotations.Nullable;
import org.teavm.interop.Async;
import org.teavm.interop.AsyncCallback;

/** An isolate of workerd: its event loop is the clock, TeaVM's threads are the coroutines. */
final class JsIsolate implements Platform {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final JsPlatform js;

    JsIsolate(JsPlatform js) {
        this.js = js;
    }

    @Override
    public long nowNanos() {
        return ((long) js.nowMillis()) * NANOS_PER_MILLI;
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        long millis = Math.max(0, (delayNanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
        // What a timer leads to may wait, keys and folds of windows for one: only a coroutine can.
        int timer = js.later(() -> spawn(task), (double) millis);
        return () -> js.forget(timer);
    }

    @Override
    public void spawn(Runnable body) {
        new Coroutine(
                        () -> {
                            try {
                                body.run();
                            } catch (Throwable bug) { // nobody else would hear of it
                                js.log("a coroutine failed: " + bug);
                            }
                        })
                .start();
    }

    @Override
    public Arrival parking() {
        return new JsParking(js);
    }

    @Override
    public String uuid() {
        return js.uuid();
    }

    @Override
    public boolean isBound(String name, String method) {
        return js.isBound(name, method);
    }

    @Override
    public void log(String line) {
        js.log(line);
    }

    /** A place to wait for something that the platform brings by itself. */
    interface Arrival extends Parking {

        /**
         * Lets the coroutine go on within the call. For callbacks of promises only, which run from
         * the event loop with no coroutine below them: another turn of the loop for each answer is
         * what this saves.
         */
        void arrived();
    }

    private static final class JsParking implements Arrival {
        private final JsPlatform js;
        private @Nullable AsyncCallback<Void> waiting;
        private boolean released;

        JsParking(JsPlatform js) {
            this.js = js;
        }

        @Override
        public void park() {
            if (!released) {
                suspend(this);
            }
            released = false;
        }

        @Override
        public void unpark() {
            AsyncCallback<Void> parked = waiting;
            waiting = null;
            released = true;
            if (parked != null) {
                // A coroutine goes on from the event loop only, never from within another.
                js.defer(() -> complete(parked));
            }
        }

        @Override
        public void arrived() {
            AsyncCallback<Void> parked = waiting;
            waiting = null;
            released = true;
            if (parked != null) {
                complete(parked);
            }
        }

        @SuppressWarnings("NullAway") // a void answer is null
        private static void complete(AsyncCallback<Void> parked) {
            parked.complete(null);
        }

        @Async
        private static native void suspend(JsParking parking);

        @SuppressWarnings("unused") // what suspend means
        private static void suspend(JsParking parking, AsyncCallback<Void> resume) {
            parking.waiting = resume;
        }
    }
}
