package dev.flowir.http;

import dev.flowir.kernel.cap.Scope;

/** The writing handle of one attempt. */
final class Calling extends Asking implements HttpWriter {

    Calling(Caller caller, Scope scope) {
        super(caller, scope);
    }

    @Override
    public HttpReply send(HttpWrite call) {
        return attempt.send(Order.of(call));
    }

    @Override
    public HttpStream open(HttpWrite call) {
        return attempt.open(Order.of(call));
    }

    @Override
    public EventStream events(HttpWrite call) {
        return attempt.events(Order.of(call));
    }
}
