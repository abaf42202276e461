package dev.flowir.wasm;

import org.jspecify.annotations.Nullable;

/** A thread of an isolate, which can be told while it is parked that it was interrupted. */
final class Coroutine extends Thread {

    private @Nullable Runnable told;

    Coroutine(Runnable body) {
        super(body);
    }

    /**
     * Whom the running coroutine has told of an interrupt.
     *
     * @param listener null for nobody
     */
    static void telling(@Nullable Runnable listener) {
        if (Thread.currentThread() instanceof Coroutine it) {
            it.told = listener;
        }
    }

    @Override
    public void interrupt() {
        super.interrupt();
        Runnable listener = told;
        if (listener != null) {
            listener.run();
        }
    }
}
