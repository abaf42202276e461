package dev.flowir.http;

import dev.flowir.kernel.cap.Scope;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The calls of one attempt: what is still open when it ends is closed with it. */
final class Attempt implements AutoCloseable {

    private static final String EVENTS = "text/event-stream";

    private final Caller caller;
    private final Scope scope;
    private final Set<ReplyBody> open = ConcurrentHashMap.newKeySet();

    Attempt(Caller caller, Scope scope) {
        this.caller = caller;
        this.scope = scope;
    }

    HttpReply send(Order order) {
        Answer answer = caller.call(order, scope, Caller.Whole.LIMITED);
        try (ReplyBody body = answer.body()) {
            return new HttpReply(answer, body.readAllBytes(), caller.clock());
        } catch (IOException e) {
            throw answer.call().broken(e);
        }
    }

    HttpStream open(Order order) {
        return new HttpStream(kept(caller.call(order, scope, Caller.Whole.LIMITED)));
    }

    EventStream events(Order order) {
        Answer answer = kept(caller.call(asksForEvents(order), scope, Caller.Whole.ENDLESS));
        if (answer.status() != 200) {
            try (ReplyBody body = answer.body()) {
                new HttpReply(answer, body.readNBytes(64 << 10), caller.clock()).orThrow();
            } catch (IOException e) {
                throw answer.call().broken(e);
            }
        }
        String type = answer.header("content-type").orElse("");
        if (answer.status() != 200
                || !type.strip().regionMatches(true, 0, EVENTS, 0, EVENTS.length())) {
            answer.body().close();
            throw answer.call()
                    .failed(
                            HttpFault.NOT_EVENTS,
                            "status "
                                    + answer.status()
                                    + " and content type '"
                                    + type
                                    + "', expected 200 and "
                                    + EVENTS);
        }
        return new EventStream(answer, caller.limits().maxEventBytes());
    }

    private static Order asksForEvents(Order order) {
        Header accept = Header.of("accept", EVENTS);
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
