package dev.flowir.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A reply whose body is read as it comes: one piece is held at a time, and the service waits while
 * nobody reads. Close it; what was not read is given up with the connection.
 */
public final class HttpStream implements AutoCloseable {

    private final Answer answer;
    private final Caller caller;

    HttpStream(Answer answer, Caller caller) {
        this.answer = answer;
        this.caller = caller;
    }

    /** {@return the status, for example 200} */
    public int status() {
        return answer.status();
    }

    /** {@return all headers by name, in small letters} */
    public Map<String, List<String>> headers() {
        return answer.headers();
    }

    /**
     * The first header of a name.
     *
     * @param name in any case
     * @return its value; empty when there is none
     */
    public Optional<String> header(String name) {
        return answer.header(name);
    }

    /**
     * The body. Reading throws {@link HttpException} when it breaks off, takes too long or is
     * larger than allowed.
     *
     * @return always the same stream, for one thread
     */
    public InputStream body() {
        return answer.body();
    }

    /**
     * Reads the body to its end.
     *
     * @param target where its bytes go; not closed
     * @return how many there were
     * @throws IOException when the target refuses one
     */
    public long copyTo(OutputStream target) throws IOException {
        return answer.body().transferTo(target);
    }

    /**
     * Reads the body to its end, for services that answer one question by a text or by events.
     *
     * @return the reply; instead of {@link #body()}
     */
    public HttpReply whole() {
        return HttpReply.read(answer, caller);
    }

    /**
     * The body as events, for services that answer one question by a text or by events. Unlike
     * {@link HttpReader#events} it is bounded as a whole, in time and bytes.
     *
     * @return the events; instead of {@link #body()}
     * @throws HttpException of {@link HttpFault#NOT_EVENTS} when the body is something else
     */
    public EventStream events() {
        return EventStream.of(answer, caller.limits().maxEventBytes());
    }

    /** {@return whether the content type says that the body is a stream of events} */
    public boolean hasEvents() {
        return EventStream.isOne(answer);
    }

    @Override
    public void close() {
        answer.body().close();
    }
}
