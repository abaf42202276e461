package dev.flowir.testing;

import dev.flowir.http.Http;
import dev.flowir.http.HttpBody;
import dev.flowir.http.HttpException;
import dev.flowir.http.HttpFault;
import dev.flowir.http.HttpLimits;
import dev.flowir.http.HttpRead;
import dev.flowir.http.HttpReader;
import dev.flowir.http.HttpStream;
import dev.flowir.http.HttpTimeouts;
import dev.flowir.http.HttpWrite;
import dev.flowir.http.HttpWriter;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.ScopedHandle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Rules of {@link HttpContract} about what is held and moved. */
final class HttpBoundRules {

    private HttpBoundRules() {}

    static List<Rule<HttpBench>> rules() {
        return List.of(
                Rule.of(
                        "HTTP-30",
                        "a reply as large as allowed is read, and one byte more is refused",
                        "what is counted, with a length, in chunks, and until the connection ends",
                        HttpBoundRules::boundsReplies),
                Rule.of(
                        "HTTP-31",
                        "a request as large as allowed is sent, and one byte more is refused",
                        "what is counted, of known and of unknown length",
                        HttpBoundRules::boundsRequests),
                Rule.of(
                        "HTTP-32",
                        "headers as large as allowed are read, and larger ones are refused",
                        "whether all names and values are counted, and who stops huge ones",
                        HttpBoundRules::boundsHeaders),
                Rule.of(
                        "HTTP-33",
                        "a body is read as it comes, and the rest is given up when it is closed",
                        "whether bytes are given before the reply is whole, and what close() ends",
                        HttpBoundRules::streams),
                Rule.of(
                        "HTTP-34",
                        "no more calls are open than allowed, and each ended one makes room",
                        "when the place of a call is given back: read, closed, failed, refused",
                        HttpBoundRules::boundsCalls),
                Rule.of(
                        "HTTP-35",
                        "what an attempt left open is closed when it ends",
                        "whether the handle is a ScopedHandle that closes its streams",
                        HttpBoundRules::closesWithTheAttempt));
    }

    private static HttpWriter with(HttpBench bench, HttpLimits limits) {
        return HttpBench.writer(bench.provider(settings -> settings.with(limits)));
    }

    private static void boundsReplies(HttpBench bench, TestClock clock) {
        HttpWriter writer = with(bench, HttpLimits.DEFAULT.withMaxReplyBytes(1000));
        List<WireServer.Script> fits = replies("x".repeat(1000));
        List<WireServer.Script> larger = replies("x".repeat(1001));
        for (int i = 0; i < fits.size(); i++) {
            bench.server().forget().then(fits.get(i));
            Expect.equal("bytes of form " + i, 1000, writer.send(HttpRead.get("/")).bytes().length);
            bench.server().forget().then(larger.get(i));
            HttpContract.refused(HttpFault.REPLY_TOO_LARGE, () -> writer.send(HttpRead.get("/")));
            Expect.equal(
                    "bytes of form " + i + " where the call allows more",
                    1001,
                    writer.send(HttpRead.get("/").maxReplyBytes(1001)).bytes().length);
            HttpContract.refused(
                    HttpFault.REPLY_TOO_LARGE,
                    () -> {
                        try (HttpStream stream = writer.open(HttpRead.get("/"))) {
                            stream.copyTo(new ByteArrayOutputStream());
                        }
                    });
        }
        HttpContract.refused(
                HttpFault.REPLY_TOO_LARGE, () -> writer.send(HttpRead.get("/").maxReplyBytes(999)));
    }

    /** A body with its length, in chunks, and ended by the connection. */
    private static List<WireServer.Script> replies(String body) {
        return List.of(
                (request, wire) -> wire.reply(200, "", body),
                (request, wire) ->
                        wire.write(
                                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n"
                                        + body.charAt(0)
                                        + "\r\n"
                                        + Integer.toHexString(body.length() - 1)
                                        + "\r\n"
                                        + body.substring(1)
                                        + "\r\n0\r\n\r\n"),
                (request, wire) -> {
                    wire.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body);
                    wire.close();
                });
    }

    private static void boundsRequests(HttpBench bench, TestClock clock) {
        bench.server().then(200, "");
        HttpWriter writer = with(bench, HttpLimits.DEFAULT.withMaxRequestBytes(1000));
        byte[] fits = new byte[1000];
        byte[] larger = new byte[1001];
        String type = "application/octet-stream";
        writer.send(HttpWrite.post("/").body(HttpBody.bytes(type, fits)));
        writer.send(
                HttpWrite.post("/").body(HttpBody.stream(type, new ByteArrayInputStream(fits))));
        Expect.equal("requests", 2, bench.server().requests().size());
        HttpContract.refused(
                HttpFault.REQUEST_TOO_LARGE,
                () -> writer.send(HttpWrite.post("/").body(HttpBody.bytes(type, larger))));
        HttpContract.refused(
                HttpFault.REQUEST_TOO_LARGE,
                () ->
                        writer.send(
                                HttpWrite.post("/")
                                        .body(
                                                HttpBody.stream(
                                                        type, new ByteArrayInputStream(larger)))));
        Expect.equal("whole requests", 2, bench.server().requests().size());
    }

    private static void boundsHeaders(HttpBench bench, TestClock clock) {
        HttpWriter writer = with(bench, HttpLimits.DEFAULT.withMaxHeaderBytes(2000));
        bench.server().then((request, wire) -> wire.reply(200, large(1900), ""));
        Expect.equal("status", 200, writer.send(HttpRead.get("/")).status());
        bench.server().forget().then((request, wire) -> wire.reply(200, large(2001), ""));
        HttpContract.refused(HttpFault.HEADERS_TOO_LARGE, () -> writer.send(HttpRead.get("/")));
        bench.server().forget().then((request, wire) -> wire.reply(200, large(5_000_000), ""));
        HttpException huge =
                Expect.refused(
                        "huge headers", HttpException.class, () -> writer.send(HttpRead.get("/")));
        Expect.that(
                "5 MB of headers are refused while they come: " + huge.getMessage(),
                huge.fault() == HttpFault.HEADERS_TOO_LARGE || huge.fault() == HttpFault.BAD_REPLY);
    }

    private static String large(int size) {
        return "x-large: " + "y".repeat(size) + "\r\n";
    }

    private static void streams(HttpBench bench, TestClock clock) throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        bench.server()
                .then((request, wire) -> {
                    wire.write("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nfirst");
                    await(read);
                    wire.write(" later");
                })
                .then((request, wire) -> {
                    wire.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
                    for (int i = 0; i < 1_000_000; i++) {
                        wire.write(new byte[1000]);
                    }
                });
        try (HttpStream stream = bench.reader().open(HttpRead.get("/"))) {
            Expect.equal("status", 200, stream.status());
            byte[] begin = stream.body().readNBytes(5);
            read.countDown();
            byte[] rest = stream.body().readAllBytes();
            Expect.equal("the beginning", "first", new String(begin, StandardCharsets.UTF_8));
            Expect.equal("the rest", " later", new String(rest, StandardCharsets.UTF_8));
        }
        try (HttpStream stream =
                bench.reader().open(HttpRead.get("/").maxReplyBytes(2_000_000_000))) {
            Expect.equal("the first byte", 0, stream.body().read());
        }
        bench.server().awaitClientLeft();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            Expect.that("the beginning was read", latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    private static void boundsCalls(HttpBench bench, TestClock clock) {
        bench.server().then(200, "body");
        HttpWriter writer = with(bench, HttpLimits.DEFAULT.withMaxCalls(2));
        HttpStream first = writer.open(HttpRead.get("/"));
        HttpStream second = writer.open(HttpWrite.post("/"));
        HttpContract.refused(HttpFault.TOO_MANY_CALLS, () -> writer.send(HttpRead.get("/")));
        first.close();
        first.close();
        writer.send(HttpRead.get("/"));
        HttpStream third = writer.open(HttpRead.get("/"));
        HttpContract.refused(HttpFault.TOO_MANY_CALLS, () -> writer.send(HttpRead.get("/")));
        second.close();
        third.close();
        bench.server().forget().then((request, wire) -> wire.reset());
        for (int i = 0; i < 3; i++) {
            HttpContract.refused(HttpFault.CONNECTION_LOST, () -> writer.send(HttpRead.get("/")));
            HttpContract.refused(
                    HttpFault.BAD_HEADER, () -> writer.send(HttpRead.get("/").header("x", "\n")));
        }
    }

    private static void closesWithTheAttempt(HttpBench bench, TestClock clock) throws Exception {
        bench.server()
                .then((request, wire) -> {
                    wire.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
                    wire.silence();
                });
        Duration shortly = Duration.ofMillis(150);
        CapabilityProvider provider =
                bench.provider(settings -> settings.with(HttpTimeouts.DEFAULT.withIdle(shortly)));
        HttpReader reader =
                provider.handle(Http.reader(HttpBench.BINDING), Scope.outside("contract"));
        HttpStream left = reader.open(HttpRead.get("/"));
        Expect.equal("status", 200, left.status());
        Expect.that("the handle is told when the attempt ends", reader instanceof ScopedHandle);
        ((ScopedHandle) reader).attemptEnded();
        HttpContract.refused(HttpFault.CANCELLED, () -> left.body().readAllBytes());
        bench.server().awaitClientLeft();
    }
}
