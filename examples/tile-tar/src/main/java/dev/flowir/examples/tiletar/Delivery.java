package dev.flowir.examples.tiletar;

import dev.flowir.examples.tiletar.Messages.Part;
import java.io.IOException;

/**
 * An archive on its way to its sink: what it holds and uses, and where it stands. Parts leave in
 * their order, each once.
 */
final class Delivery {

    private final String id;
    private final Rest sink;
    private final Held held;
    private final Account account;
    private long next;

    /**
     * Nothing has left yet.
     *
     * @param skipBytes of what comes first: the sink has them already
     */
    Delivery(String id, Sink sink, Profile profile, long skipBytes) {
        this.id = id;
        this.sink = new Rest(sink, skipBytes);
        this.held = new Held(profile.memoryBytes());
        this.account = new Account(profile.processor());
    }

    String id() {
        return id;
    }

    Held held() {
        return held;
    }

    Account account() {
        return account;
    }

    /** Lets the next part leave. */
    synchronized void send(Part part) throws IOException {
        if (part.number() != next) {
            throw new IllegalStateException(
                    "part "
                            + part.number()
                            + " of archive "
                            + id
                            + " came, and "
                            + next
                            + " is next");
        }
        sink.write(part.bytes());
        next++;
        held.release(part.held());
    }

    /** Lets the trailer leave: until then the archive is incomplete, and its reader can tell. */
    synchronized void end() throws IOException {
        sink.write(TarWriter.trailer());
    }

    synchronized long sentBytes() {
        return sink.sentBytes();
    }
}
