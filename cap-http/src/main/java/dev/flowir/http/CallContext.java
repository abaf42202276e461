package dev.flowir.http;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of one call while it runs: how long it may wait, and how its faults are told.
 *
 * @param binding name of the endpoint
 * @param method in capitals
 * @param uri where it goes
 * @param scope the attempt that it is made by
 * @param timeouts how long it may wait
 * @param remote who carries it, and whose nanoseconds count
 * @param wholeEndNanos when it must be over; empty when it has no end
 * @param secrets what no message may show
 * @param repeatable whether a repeat is the same change
 */
record CallContext(
        String binding,
        String method,
        URI uri,
        Scope scope,
        HttpTimeouts timeouts,
        HttpRemote remote,
        OptionalLong wholeEndNanos,
        List<Secret> secrets,
        boolean repeatable) {

    /**
     * How long something may take, and what it means when it does.
     *
     * @param nanos from now; not negative
     * @param fault whose limit it is
     */
    record Limit(long nanos, HttpFault fault) {}

    /** Characters of a reply that an exception keeps. */
    private static final int MOST_KEPT = 64 << 10;

    CallContext at(URI other) {
        return new CallContext(
                binding,
                method,
                other,
                scope,
                timeouts,
                remote,
                wholeEndNanos,
                secrets,
                repeatable);
    }

    /** The shortest of a limit, the rest of the whole call, and the rest of the run. */
    Limit shortest(Duration time, HttpFault fault) {
        Limit shortest = new Limit(time.toNanos(), fault);
        if (wholeEndNanos.isPresent()) {
            long left = Math.max(0, wholeEndNanos.getAsLong() - remote.nowNanos());
            shortest =
                    left < shortest.nanos() ? new Limit(left, HttpFault.WHOLE_TIMEOUT) : shortest;
        }
        OptionalLong run = scope.remainingNanos();
        if (run.isPresent() && run.getAsLong() < shortest.nanos()) {
            return new Limit(Math.max(0, run.getAsLong()), HttpFault.DEADLINE);
        }
        return shortest;
    }

    /** A fault with what was seen and what to do. */
    HttpException failed(HttpFault fault, String detail) {
        return failed(fault, detail, 0, Optional.empty(), Optional.empty());
    }

    HttpException failed(
            HttpFault fault,
            String detail,
            int status,
            Optional<Duration> retryAfter,
            Optional<Throwable> cause) {
        return new HttpException(
                fault, message(detail), status, retryAfter, repeatable, "", cause.orElse(null));
    }

    /** A status that was not asked for, and the beginning of what came with it. */
    HttpException refused(int status, String body, Optional<Duration> retryAfter) {
        String said = "status " + status + (body.isBlank() ? "" : ": " + body);
        String kept = Shown.without(body, secrets);
        return new HttpException(
                HttpFault.STATUS,
                message(said),
                status,
                retryAfter,
                repeatable,
                kept.substring(0, Math.min(kept.length(), MOST_KEPT)),
                null);
    }

    private String message(String detail) {
        String by = scope.flow().isEmpty() ? "" : " of flow '" + scope.flow() + "'";
        return method
                + " "
                + Shown.address(uri)
                + " (endpoint '"
                + binding
                + "', node '"
                + scope.node()
                + "'"
                + by
                + ", attempt "
                + scope.attempt()
                + "): "
                + Shown.text(detail, secrets);
    }

    HttpException timedOut(Limit limit, String state) {
        String advice =
                switch (limit.fault()) {
                    case CONNECT_TIMEOUT ->
                            "no connection in time; check host, port and firewall, or raise"
                                    + " HttpTimeouts.connect";
                    case FIRST_BYTE_TIMEOUT ->
                            "no answer in time; the service may still have done what was asked."
                                    + " HttpTimeouts.firstByte is "
                                    + timeouts.firstByte().toMillis()
                                    + " ms";
                    case IDLE_TIMEOUT ->
                            "nothing came for too long; HttpTimeouts.idle is "
                                    + timeouts.idle().toMillis()
                                    + " ms";
                    case DEADLINE -> "the run's deadline passed; give the run more time";
                    default -> "the call took too long as a whole; HttpTimeouts.whole or within()";
                };
        return failed(limit.fault(), advice + "; " + state);
    }

    HttpException tooLarge(long most) {
        return failed(
                HttpFault.REPLY_TOO_LARGE,
                "the reply's body has more than "
                        + most
                        + " bytes; read it with open(), or raise maxReplyBytes");
    }

    /** A stream that was given instead of the reply's own broke. */
    HttpException broken(IOException cause) {
        return failed(
                HttpFault.CONNECTION_LOST,
                "the reply broke off: " + cause.getMessage(),
                0,
                Optional.empty(),
                shown(cause));
    }

    /**
     * A fault by what the remote says.
     *
     * @param limit which was set
     * @param state how far it came, for the limit
     */
    HttpException told(HttpRemote.Trouble trouble, Limit limit, String state) {
        Optional<HttpFault> fault = trouble.fault();
        if (fault.isEmpty()) {
            return timedOut(limit, state);
        }
        if (fault.get() == HttpFault.CONNECT_TIMEOUT) {
            return timedOut(new Limit(0, HttpFault.CONNECT_TIMEOUT), trouble.detail());
        }
        return failed(
                fault.get(),
                trouble.detail(),
                0,
                Optional.empty(),
                Optional.ofNullable(trouble.getCause()).flatMap(this::shown));
    }

    /** The cause goes along only when it shows nothing that must not be seen. */
    private Optional<Throwable> shown(Throwable cause) {
        return showsSecret(cause) ? Optional.empty() : Optional.of(cause);
    }

    private boolean showsSecret(Throwable cause) {
        for (Throwable deeper = cause; deeper != null; deeper = deeper.getCause()) {
            String said = String.valueOf(deeper.getMessage());
            for (Secret secret : secrets) {
                if (!secret.hideIn(said).equals(said)) {
                    return true;
                }
            }
        }
        return false;
    }
}
