package dev.flowir.http;

import dev.flowir.kernel.cap.Scope;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The calls of one attempt: what is still open when it ends is closed with it. */
final class Attempt implements AutoCloseable {

    private final Caller caller;
    private final Scope scope;
    private final Set<ReplyBody> open = Collections.newSetFromMap(new ConcurrentHashMap<>());

    Attempt(Caller caller, Scope scope) {
        this.caller = caller;
        this.scope = scope;
    }

    HttpReply send(Order order) {
        return HttpReply.read(caller.call(order, scope, Caller.Whole.LIMITED), caller);
    }

    HttpStream open(Order order) {
        return new HttpStream(kept(caller.call(order, scope, Caller.Whole.LIMITED)), caller);
    }

    EventStream events(Order order) {
        Answer answer = kept(caller.call(asksForEvents(order), scope, Caller.Whole.ENDLESS));
        if (answer.status() != 200) {
            try (ReplyBody body = answer.body()) {
                new HttpReply(answer, body.readNBytes(64 << 10), caller).orThrow();
            } catch (IOException e) {
                throw answer.call().broken(e);
            }
        }
        return EventStream.of(answer, caller.limits().maxEventBytes());
    }

    private static Order asksForEvents(Order order) {
        Header accept = Header.of("accept", EventStream.TYPE);
        return new Order(order.call().with(accept), order.body(), order.repeats());
    }

    private Answer kept(Answer answer) {
        open.removeIf(ReplyBody::isOver);
        open.add(answer.body());
        return answer;
    }

    @Override
    public void close() {
        open.forEach(ReplyBody::close);
        open.clear();
    }
}
