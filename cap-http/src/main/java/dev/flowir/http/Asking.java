package dev.flowir.http;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.ScopedHandle;

/** The reading handle of one attempt. */
class Asking implements HttpReader, ScopedHandle {

    final Attempt attempt;

    Asking(Caller caller, Scope scope) {
        this.attempt = new Attempt(caller, scope);
    }

    @Override
    public final HttpReply send(HttpRead call) {
        return attempt.send(Order.of(call));
    }

    @Override
    public final HttpStream open(HttpRead call) {
        return attempt.open(Order.of(call));
    }

    @Override
    public final EventStream events(HttpRead call) {
        return attempt.events(Order.of(call));
    }

    @Override
    public final void attemptEnded() {
        attempt.close();
    }
}
