package dev.flowir.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests by the JDK's client. Keeps connections open. */
final class JdkHttp implements HttpRemote {

    private static final Logger LOG = LoggerFactory.getLogger(JdkHttp.class);

    private final HttpClient client;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    JdkHttp(Duration connect, Optional<SSLContext> tls) {
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .connectTimeout(connect)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .executor(threads);
        tls.ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    @Override
    public long nowNanos() {
        return System.nanoTime();
    }

    @Override
    public Optional<Instant> date(String text) {
        try {
            return Optional.of(
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /** Asked for on a thread of its own: the system's resolver can be neither timed nor stopped. */
    @Override
    public List<Address> addresses(URI uri, Duration limit) throws Trouble, InterruptedException {
        String host = String.valueOf(uri.getHost());
        Future<InetAddress[]> asked = threads.submit(() -> InetAddress.getAllByName(host));
        try {
            List<Address> all = new ArrayList<>();
            for (InetAddress it : asked.get(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                all.add(new Address(it.getHostAddress(), it.getAddress()));
            }
            return all;
        } catch (TimeoutException e) {
            throw Trouble.late();
        } catch (ExecutionException e) {
            String why =
                    e.getCause() instanceof UnknownHostException ? "" : " (" + e.getCause() + ")";
            throw Trouble.of(
                    HttpFault.UNKNOWN_HOST, "the host has no address; check its name" + why);
        }
    }

    @Override
    public Reply send(Request request, Duration limit) throws Trouble, InterruptedException {
        CompletableFuture<HttpResponse<JdkBody>> reply =
                client.sendAsync(sent(request), head -> new JdkBody());
        try {
            HttpResponse<JdkBody> head = reply.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            LOG.debug(
                    "{} {} -> {}",
                    request.method(),
                    Shown.address(request.uri()),
                    head.statusCode());
            return new Reply(head.statusCode(), head.headers().map(), head.body());
        } catch (TimeoutException e) {
            reply.cancel(true);
            throw Trouble.late();
        } catch (InterruptedException e) {
            reply.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw trouble(e);
        }
    }

    private static HttpRequest sent(Request request) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(request.uri())
                        .method(request.method(), new SentOnce(request.content()));
        if (!"https".equalsIgnoreCase(request.uri().getScheme())) {
            builder.version(HttpClient.Version.HTTP_1_1); // no offer to change to HTTP/2
        }
        for (Field field : request.headers()) {
            builder.header(field.name(), field.value());
        }
        return builder.build();
    }

    /** What the client threw, by its meaning. */
    static Trouble trouble(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        for (Throwable deeper = cause; deeper != null; deeper = deeper.getCause()) {
            if (deeper instanceof UnresolvedAddressException) {
                return told(
                        HttpFault.UNKNOWN_HOST, "the host has no address; check its name", cause);
            }
            if (deeper instanceof SSLHandshakeException) {
                return told(
                        HttpFault.TLS_FAILED,
                        "no trust in the service's certificate or no common protocol; nothing of"
                                + " the request was sent",
                        cause);
            }
        }
        return switch (cause) {
            case HttpConnectTimeoutException slow ->
                    Trouble.of(HttpFault.CONNECT_TIMEOUT, "nothing was sent", cause);
            case ConnectException refused ->
                    told(
                            HttpFault.CONNECT_FAILED,
                            "no connection; check that the service runs and that host and port are"
                                    + " right",
                            cause);
            case ProtocolException garbage ->
                    told(HttpFault.BAD_REPLY, "what came back is no HTTP", cause);
            case SentOnce.Repeated closed ->
                    told(HttpFault.CONNECTION_LOST, "the kept connection was gone", cause);
            case IOException lost ->
                    told(HttpFault.CONNECTION_LOST, "the reply broke off or is no HTTP", cause);
            default -> told(HttpFault.CONNECTION_LOST, "the client failed", cause);
        };
    }

    private static Trouble told(HttpFault fault, String detail, Throwable cause) {
        String said =
                cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return Trouble.of(fault, detail + ": " + said, cause);
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdownNow();
    }
}
