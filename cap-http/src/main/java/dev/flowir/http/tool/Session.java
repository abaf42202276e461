package dev.flowir.http.tool;

import dev.flowir.http.HttpEndpoint;
import dev.flowir.http.HttpWrite;
import dev.flowir.kernel.cap.Secret;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is agreed with a server, for all attempts. As it stands it is for a place where code is not
 * interrupted by other code and no attempt may wait for another, such as an isolate: attempts that
 * come at once agree each for itself, and the last agreement is kept.
 */
class Session {

    /**
     * An agreement.
     *
     * @param version of the protocol
     * @param id what the server knows the session by; empty when it keeps none
     */
    record Agreed(String version, Optional<Secret> id) {}

    /** Agrees with the server. */
    interface Handshake {
        Agreed agree();
    }

    private volatile Optional<Agreed> current = Optional.empty();
    private long ids;

    long nextId() {
        return ++ids;
    }

    final Optional<Agreed> current() {
        return current;
    }

    /** What is agreed, or is now. */
    Agreed agreed(Handshake handshake, OptionalLong remainingNanos) {
        Optional<Agreed> known = current;
        if (known.isPresent()) {
            return known.get();
        }
        Agreed agreed = handshake.agree();
        current = Optional.of(agreed);
        return agreed;
    }

    /** The server has forgotten this agreement. */
    void forget(Agreed forgotten) {
        current = current.filter(agreed -> !agreed.equals(forgotten));
    }

    /**
     * Tells the server that somebody does not wait any longer, beside the attempt that was given
     * up. Where nothing outlives an attempt the end of its connection has to do.
     */
    void tellApart(HttpEndpoint endpoint, HttpWrite call) {}

    /** Tells the server that the session is over. Where it ends with its isolate nobody does. */
    void tell(HttpEndpoint endpoint, HttpWrite call) {}
}
