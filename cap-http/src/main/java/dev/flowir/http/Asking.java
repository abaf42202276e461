package dev.flowir.http;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.ScopedHandle;

/** The reading handle of one attempt. */
final class Asking implements HttpReader, ScopedHandle {

    private final Attempt attempt;

    Asking(Caller caller, Scope scope) {
        this.attempt = new Attempt(caller, scope);
    }

    @Override
    public HttpReply send(HttpRead call) {
        return attempt.send(Order.of(call));
    }

    @Override
    public HttpStream open(HttpRead call) {
        return attempt.open(Order.of(call));
    }

    @Override
    public EventStream events(HttpRead call) {
        return attempt.events(Order.of(call));
    }

    @Override
    public void attemptEnded() {
        attempt.close();
    }
}
