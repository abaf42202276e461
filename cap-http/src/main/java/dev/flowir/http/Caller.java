package dev.flowir.http;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Carries out the calls of an endpoint. Thread-safe. */
final class Caller implements AutoCloseable {

    /** Whether the time for the whole holds. */
    enum Whole {
        LIMITED,
        ENDLESS
    }

    /**
     * A header as it is sent.
     *
     * @param header whose it is
     * @param value what it says now
     */
    private record Sent(Header header, Secret value) {}

    private final String binding;
    private final URI base;
    private final HttpSettings settings;
    private final HttpRemote remote;
    private final Places places;
    private final Breaker breaker;
    private final Optional<Bucket> bucket;
    private final Gate gate;
    private final AtomicBoolean closed = new AtomicBoolean();

    Caller(String binding, URI base, HttpSettings settings, HttpRemote remote) {
        this.binding = binding;
        this.base = base;
        this.settings = settings;
        this.remote = remote;
        this.places = new Places(settings.limits().maxCalls());
        this.breaker = Breaker.of(settings);
        this.bucket = settings.rate().map(rate -> new Bucket(rate, settings.now()));
        this.gate = new Gate(base, settings.egress(), remote);
    }

    HttpRemote remote() {
        return remote;
    }

    HttpLimits limits() {
        return settings.limits();
    }

    Instant now() {
        return settings.now().get();
    }

    int callsOpen() {
        return places.taken();
    }

    /** Sends a call and waits for the headers of its reply. */
    Answer call(Order order, Scope scope, Whole whole) {
        URI uri = Targets.of(base, order.call());
        List<Sent> headers = headers(order, scope);
        CallContext call = context(order, scope, whole, uri, headers);
        if (closed.get()) {
            throw call.failed(HttpFault.CLOSED, "the endpoint was closed");
        }
        gate.admit(call);
        if (!order.asks()) {
            scope.fence().ensureCurrent();
        }
        long length = order.body().length().orElse(0);
        if (length > settings.limits().maxRequestBytes()) {
            throw requestTooLarge(call);
        }
        Leave leave = leave(call);
        try {
            return follow(order, call, headers, leave);
        } catch (RuntimeException | Error failed) {
            leave.record(outcome(failed));
            leave.over();
            throw failed;
        }
    }

    private CallContext context(
            Order order, Scope scope, Whole whole, URI uri, List<Sent> headers) {
        Optional<Duration> time = order.call().parts().within();
        if (time.isEmpty() && whole == Whole.LIMITED) {
            time = Optional.of(settings.timeouts().whole());
        }
        return new CallContext(
                binding,
                order.call().method(),
                uri,
                scope,
                settings.timeouts(),
                remote,
                time.map(span -> OptionalLong.of(remote.nowNanos() + span.toNanos()))
                        .orElse(OptionalLong.empty()),
                headers.stream()
                        .filter(sent -> sent.header().credential())
                        .map(Sent::value)
                        .toList(),
                order.repeats() != HttpWrite.Repeats.SECOND_CHANGE);
    }

    /** Those of the endpoint, replaced by those of the call, and what the body and key say. */
    private List<Sent> headers(Order order, Scope scope) {
        List<Header> all = new ArrayList<>(order.call().parts().headers());
        order.body().contentType().ifPresent(type -> addUnlessThere(all, "content-type", type));
        if (order.repeats() == HttpWrite.Repeats.SAME_BY_KEY) {
            addUnlessThere(all, "idempotency-key", scope.idempotencyKey());
        }
        for (Header header : settings.headers()) {
            boolean own = order.call().parts().headers().stream().anyMatch(header::isNamedLike);
            if (!own) {
                all.add(header);
            }
        }
        return all.stream().map(header -> new Sent(header, header.value().get())).toList();
    }

    private static void addUnlessThere(List<Header> headers, String name, String value) {
        Header header = Header.of(name, value);
        if (headers.stream().noneMatch(header::isNamedLike)) {
            headers.add(header);
        }
    }

    private Leave leave(CallContext call) {
        if (bucket.isPresent()) {
            Duration wait = bucket.get().take();
            if (wait.compareTo(Duration.ZERO) > 0) {
                throw later(
                        call,
                        HttpFault.RATE_LIMITED,
                        "more calls than HttpSettings allows; the next in " + millis(wait) + " ms",
                        wait);
            }
        }
        if (!places.tryTake()) {
            throw call.failed(
                    HttpFault.TOO_MANY_CALLS,
                    settings.limits().maxCalls()
                            + " calls are open, which is HttpLimits.maxCalls; close streams that are"
                            + " read");
        }
        return switch (breaker.ask()) {
            case Breaker.Ruling.Go(Leave.Book book) -> new Leave(places, book);
            case Breaker.Ruling.Stop(Duration wait) -> {
                places.giveBack();
                throw later(
                        call,
                        HttpFault.CIRCUIT_OPEN,
                        "the service failed too often and is left alone for "
                                + millis(wait)
                                + " ms more",
                        wait);
            }
        };
    }

    private static long millis(Duration time) {
        return time.plusNanos(999_999).toMillis();
    }

    private static HttpException later(
            CallContext call, HttpFault fault, String detail, Duration wait) {
        return call.failed(fault, detail, 0, Optional.of(wait), Optional.empty());
    }

    private HttpException requestTooLarge(CallContext call) {
        return call.failed(
                HttpFault.REQUEST_TOO_LARGE,
                "the body of the request has more than "
                        + settings.limits().maxRequestBytes()
                        + " bytes; raise HttpLimits.maxRequestBytes");
    }

    private static SharedCircuit.Outcome outcome(Throwable failed) {
        if (!(failed instanceof HttpException known)) {
            return SharedCircuit.Outcome.UNKNOWN;
        }
        return switch (known.fault()) {
            case UNKNOWN_HOST,
                    CONNECT_FAILED,
                    CONNECT_TIMEOUT,
                    TLS_FAILED,
                    FIRST_BYTE_TIMEOUT,
                    IDLE_TIMEOUT,
                    WHOLE_TIMEOUT,
                    CONNECTION_LOST,
                    BAD_REPLY ->
                    SharedCircuit.Outcome.FAILED;
            default -> SharedCircuit.Outcome.UNKNOWN;
        };
    }

    private Answer follow(Order order, CallContext first, List<Sent> headers, Leave leave) {
        CallContext call = first;
        for (int redirects = 0; ; redirects++) {
            Answer answer = once(order, call, headers, first.uri(), leave);
            Optional<String> location = answer.header("location");
            if (!order.asks()
                    || settings.redirects() == 0
                    || !redirects(answer.status())
                    || location.isEmpty()) {
                return checked(order, answer);
            }
            answer.body().abandon();
            if (redirects == settings.redirects()) {
                throw call.failed(
                        HttpFault.BAD_REDIRECT, "more redirects than " + settings.redirects());
            }
            call = call.at(next(call, location.get()));
            gate.admit(call);
        }
    }

    private static boolean redirects(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private static URI next(CallContext call, String location) {
        URI next;
        try {
            next = Targets.redirected(call.uri(), location);
        } catch (URISyntaxException | HttpException e) {
            throw call.failed(HttpFault.BAD_REDIRECT, "redirected to what is no address");
        }
        boolean weaker =
                "https".equalsIgnoreCase(call.uri().getScheme())
                        && "http".equalsIgnoreCase(next.getScheme());
        if (weaker) {
            throw call.failed(HttpFault.BAD_REDIRECT, "redirected from https to http");
        }
        return next;
    }

    private Answer once(Order order, CallContext call, List<Sent> headers, URI first, Leave leave) {
        Outgoing body = new Outgoing(order.body(), settings.limits().maxRequestBytes());
        HttpRemote.Request request =
                new HttpRemote.Request(
                        call.method(), call.uri(), fields(call, headers, first), body);
        long most = order.call().parts().maxReplyBytes().orElse(settings.limits().maxReplyBytes());
        // a stream of events has a bound for each event, and none as a whole
        long bound = call.wholeEndNanos().isEmpty() ? Long.MAX_VALUE : most;
        HttpRemote.Reply reply = await(call, request, body);
        return new Answer(
                call,
                reply.status(),
                reply.headers(),
                new ReplyBody(call, reply.body(), bound, leave));
    }

    private List<HttpRemote.Field> fields(CallContext call, List<Sent> headers, URI first) {
        List<HttpRemote.Field> fields = new ArrayList<>();
        for (Sent sent : headers) {
            boolean endpoints = settings.headers().contains(sent.header());
            URI home = endpoints ? base : first;
            if (!sent.header().credential() || Egress.sameOrigin(home, call.uri())) {
                fields.add(
                        new HttpRemote.Field(
                                sent.header().name(), sent.header().checked(sent.value())));
            }
        }
        return fields;
    }

    private HttpRemote.Reply await(CallContext call, HttpRemote.Request request, Outgoing body) {
        CallContext.Limit limit =
                call.shortest(settings.timeouts().firstByte(), HttpFault.FIRST_BYTE_TIMEOUT);
        try {
            return remote.send(request, Duration.ofNanos(limit.nanos()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw call.failed(HttpFault.CANCELLED, "given up before the reply came");
        } catch (HttpRemote.Trouble trouble) {
            if (trouble.fault().isEmpty()) {
                throw call.timedOut(limit, "no byte of the reply had come");
            }
            if (closed.get()) {
                throw call.failed(HttpFault.CANCELLED, "the endpoint was closed during the call");
            }
            if (body.fault().equals(Optional.of(HttpFault.REQUEST_TOO_LARGE))) {
                throw requestTooLarge(call);
            }
            if (body.fault().isPresent()) {
                throw call.failed(
                        HttpFault.REQUEST_BODY, "the body of the request could not be read");
            }
            throw call.told(trouble, limit, "");
        }
    }

    /** The bounds that the headers show already. */
    private Answer checked(Order order, Answer answer) {
        Map<String, List<String>> headers = new TreeMap<>();
        long size = 0;
        for (Map.Entry<String, List<String>> header : answer.headers().entrySet()) {
            headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue());
            for (String value : header.getValue()) {
                size += header.getKey().length() + value.length() + 4L; // ": " and the line's end
            }
        }
        HttpFault fault = HttpFault.HEADERS_TOO_LARGE;
        if (size > settings.limits().maxHeaderBytes()) {
            answer.body().close();
            throw answer.call()
                    .failed(
                            fault,
                            "the reply's headers have more than "
                                    + settings.limits().maxHeaderBytes()
                                    + " bytes; raise HttpLimits.maxHeaderBytes");
        }
        answer.body().expect(order.call().method().equals("HEAD") ? 0 : length(answer));
        answer.body().judge(answer.status() < 500);
        return new Answer(answer.call(), answer.status(), headers, answer.body());
    }

    private static long length(Answer answer) {
        String said = answer.header("content-length").orElse("");
        boolean number = !said.isEmpty() && said.length() < 19;
        return number && Letters.all(said, Letters::isDigit) ? Long.parseLong(said) : 0;
    }

    @Override
    public void close() {
        closed.set(true);
        remote.close();
    }
}
