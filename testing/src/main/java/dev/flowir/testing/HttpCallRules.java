package dev.flowir.testing;

import dev.flowir.http.HttpBody;
import dev.flowir.http.HttpException;
import dev.flowir.http.HttpFault;
import dev.flowir.http.HttpRead;
import dev.flowir.http.HttpReply;
import dev.flowir.http.HttpWrite;
import dev.flowir.http.HttpWriter;
import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.StaleAttemptException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;

/** Rules of {@link HttpContract} about what is sent and what comes back. */
final class HttpCallRules {

    private HttpCallRules() {}

    static List<Rule<HttpBench>> rules() {
        return List.of(
                Rule.of(
                        "HTTP-01",
                        "a GET asks with target, query and headers as given",
                        "how target and query are put together and encoded",
                        HttpCallRules::asks),
                Rule.of(
                        "HTTP-02",
                        "a write carries its body, whole, with its content type",
                        "how bodies of known and of unknown length are sent",
                        HttpCallRules::sendsBodies),
                Rule.of(
                        "HTTP-03",
                        "the handle of a reading token is no writing one",
                        "what handle() gives for a reading token",
                        (bench, clock) ->
                                Expect.that(
                                        "a reader is not an HttpWriter",
                                        !(bench.reader() instanceof HttpWriter))),
                Rule.of(
                        "HTTP-04",
                        "a header that would be read as two, or that the connection owns, is"
                                + " refused before a byte is sent",
                        "whether names and values are checked for CR, LF and other controls",
                        HttpCallRules::refusesHeaders),
                Rule.of(
                        "HTTP-05",
                        "what comes from outside stays in its place of the path",
                        "whether segments are encoded, and '..' is refused in all its spellings",
                        HttpCallRules::keepsThePath),
                Rule.of(
                        "HTTP-06",
                        "every status is a reply; orThrow() wants 2xx, and says what came instead",
                        "what is thrown by whom, and which statuses are worth another attempt",
                        HttpCallRules::answersAnyStatus),
                Rule.of(
                        "HTTP-07",
                        "a write of an attempt that was given up is refused, and not sent",
                        "whether the fence of the scope is checked before a write is sent",
                        HttpCallRules::refusesLateWrites),
                Rule.of(
                        "HTTP-08",
                        "all attempts at one item carry the same idempotency key, where asked",
                        "whether the header idempotency-key is the scope's key",
                        HttpCallRules::sendsTheKey),
                Rule.of(
                        "HTTP-09",
                        "a HEAD has headers and no body; text is read in the charset it names",
                        "what is expected of a reply to HEAD, and how content-type is read",
                        HttpCallRules::readsReplies));
    }

    private static void asks(HttpBench bench, TestClock clock) {
        bench.server().then(200, "fine");
        HttpReply reply =
                bench.reader()
                        .send(
                                HttpRead.get("/v1/now?unit=c")
                                        .query("city", "São Paulo & more")
                                        .header("X-Trace", "abc"));
        WireRequest seen = bench.server().requests().get(0);
        Expect.equal("method", "GET", seen.method());
        Expect.equal("target", "/v1/now?unit=c&city=S%C3%A3o%20Paulo%20%26%20more", seen.target());
        Expect.equal("header", Optional.of("abc"), seen.header("x-trace"));
        Expect.equal("bytes of body", 0, seen.body().length);
        Expect.equal("status", 200, reply.status());
        Expect.equal("body", "fine", reply.text());
        Expect.equal("a header of the reply", Optional.of("4"), reply.header("Content-Length"));
    }

    private static void sendsBodies(HttpBench bench, TestClock clock) {
        bench.server().then(201, "");
        byte[] large = BlobContract.bytes(300_000, 7);
        bench.writer().send(HttpWrite.post("/a").body(HttpBody.text("é")));
        bench.writer()
                .send(
                        HttpWrite.put("/b")
                                .body(
                                        HttpBody.stream(
                                                "image/png", new ByteArrayInputStream(large))));
        bench.writer()
                .send(
                        HttpWrite.patch("/c")
                                .body(
                                        HttpBody.stream(
                                                "image/png",
                                                new ByteArrayInputStream(large),
                                                large.length)));
        bench.writer().send(HttpWrite.post("/d").body(HttpBody.form(Map.of("a b", "1&2"))));
        bench.writer().send(HttpWrite.delete("/e"));
        List<WireRequest> seen = bench.server().requests();
        Expect.equal("text", "é", seen.get(0).text());
        Expect.equal(
                "type",
                Optional.of("text/plain; charset=utf-8"),
                seen.get(0).header("content-type"));
        Expect.equal("stream of unknown length", large, seen.get(1).body());
        Expect.equal("stream of known length", large, seen.get(2).body());
        Expect.equal("its length", Optional.of("300000"), seen.get(2).header("content-length"));
        Expect.equal(
                "type of a stream", Optional.of("image/png"), seen.get(2).header("content-type"));
        Expect.equal("form", "a+b=1%262", seen.get(3).text());
        Expect.equal(
                "methods",
                List.of("POST", "PUT", "PATCH", "POST", "DELETE"),
                seen.stream().map(WireRequest::method).toList());
    }

    private static void refusesHeaders(HttpBench bench, TestClock clock) {
        bench.server().then(200, "");
        List<HttpRead> calls =
                List.of(
                        HttpRead.get("/").header("x-a", "1\r\nx-b: 2"),
                        HttpRead.get("/").header("x-a", "1\n2"),
                        HttpRead.get("/").header("x-a", "\u0000"),
                        HttpRead.get("/").header("x-a", "雪"),
                        HttpRead.get("/").header("x a", "1"),
                        HttpRead.get("/").header("x:a", "1"),
                        HttpRead.get("/").header("", "1"),
                        HttpRead.get("/").header("Host", "other"),
                        HttpRead.get("/").header("Transfer-Encoding", "chunked"),
                        HttpRead.get("/").header("Content-Length", "7"));
        for (HttpRead call : calls) {
            HttpContract.refused(HttpFault.BAD_HEADER, () -> bench.reader().send(call));
        }
        Expect.equal("connections", 0, bench.server().connections());
        bench.reader().send(HttpRead.get("/").header("x-a", "tab\tand é"));
    }

    private static void keepsThePath(HttpBench bench, TestClock clock) {
        bench.server().then(200, "");
        bench.reader().send(HttpRead.get("/users/").segment("a/b?c#d").segment("e f"));
        Expect.equal(
                "target", "/users/a%2Fb%3Fc%23d/e%20f", bench.server().requests().get(0).target());
        for (String target :
                List.of(
                        "/users/../admin",
                        "/users/%2e%2e/admin",
                        "/users/.%2E/admin",
                        "/./users",
                        "/users/..",
                        "http://user:pw@127.0.0.1/",
                        "/users#admin",
                        "/users/a b",
                        "ftp://127.0.0.1/")) {
            HttpContract.refused(
                    HttpFault.BAD_TARGET, () -> bench.reader().send(HttpRead.get(target)));
        }
        HttpContract.refused(HttpFault.BAD_TARGET, () -> HttpRead.get("/users").segment(".."));
        HttpContract.refused(
                HttpFault.BAD_TARGET,
                () -> bench.reader().send(HttpRead.get("/users").segment("../admin")));
        Expect.equal("requests", 1, bench.server().requests().size());
    }

    private static void answersAnyStatus(HttpBench bench, TestClock clock) {
        bench.server()
                .then((request, wire) -> wire.reply(429, "Retry-After: 7\r\n", "slow down"))
                .then(404, "no such thing")
                .then(500, "")
                .then(500, "")
                .then(204, "");
        HttpReply busy = bench.reader().send(HttpRead.get("/"));
        Expect.equal("status", 429, busy.status());
        HttpException refusal = HttpContract.refused(HttpFault.STATUS, busy::orThrow);
        Expect.equal("its status", OptionalInt.of(429), refusal.status());
        Expect.equal("when again", Optional.of(Duration.ofSeconds(7)), refusal.retryAfter());
        Expect.that("429 is worth another attempt", refusal.isRetriable());
        Expect.that(
                "the message shows the body: " + refusal.getMessage(),
                String.valueOf(refusal.getMessage()).contains("slow down"));
        Expect.that(
                "404 is not worth another attempt",
                !HttpContract.refused(
                                HttpFault.STATUS,
                                () -> bench.reader().send(HttpRead.get("/")).orThrow())
                        .isRetriable());
        Expect.that(
                "500 to a GET is worth another attempt",
                HttpContract.refused(
                                HttpFault.STATUS,
                                () -> bench.reader().send(HttpRead.get("/")).orThrow())
                        .isRetriable());
        Expect.that(
                "500 to a POST without a key is not: it may have been done",
                !HttpContract.refused(
                                HttpFault.STATUS,
                                () -> bench.writer().send(HttpWrite.post("/")).orThrow())
                        .isRetriable());
        Expect.equal("status", 204, bench.reader().send(HttpRead.get("/")).orThrow().status());
    }

    private static void refusesLateWrites(HttpBench bench, TestClock clock) {
        bench.server().then(200, "");
        AtomicBoolean current = new AtomicBoolean(true);
        Fence fence = current::get;
        HttpWriter late =
                HttpBench.writer(
                        bench.provider(), new Scope("flow", "run", "node", 1, "key", fence));
        late.send(HttpWrite.post("/in-time"));
        current.set(false);
        List<Expect.Work> works =
                List.of(
                        () -> late.send(HttpWrite.post("/late")),
                        () -> late.open(HttpWrite.delete("/late")).close(),
                        () -> late.events(HttpWrite.put("/late")).close());
        for (Expect.Work work : works) {
            Expect.refused("a late write", StaleAttemptException.class, work);
        }
        Expect.equal("requests", 1, bench.server().requests().size());
    }

    private static void sendsTheKey(HttpBench bench, TestClock clock) {
        bench.server().then(200, "");
        for (int attempt = 1; attempt <= 2; attempt++) {
            Scope scope = new Scope("flow", "run", "node", attempt, "the-key", Fence.open());
            HttpWriter writer = HttpBench.writer(bench.provider(), scope);
            writer.send(HttpWrite.post("/").withIdempotencyKey());
        }
        bench.writer().send(HttpWrite.post("/"));
        Expect.equal(
                "keys",
                List.of(Optional.of("the-key"), Optional.of("the-key"), Optional.empty()),
                bench.server().requests().stream()
                        .map(request -> request.header("idempotency-key"))
                        .toList());
    }

    private static void readsReplies(HttpBench bench, TestClock clock) {
        byte[] latin = "é".getBytes(StandardCharsets.ISO_8859_1);
        bench.server()
                .then((request, wire) ->
                        wire.write("HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n"))
                .then((request, wire) -> {
                    wire.write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n");
                    wire.write("Content-Type: text/plain; charset=\"ISO-8859-1\"\r\n\r\n");
                    wire.write(latin);
                });
        HttpReply head = bench.reader().send(HttpRead.head("/"));
        Expect.equal("bytes of a HEAD", 0, head.bytes().length);
        Expect.equal("its length", Optional.of("999999999"), head.header("content-length"));
        Expect.equal("Latin-1", "é", bench.reader().send(HttpRead.get("/")).text());
        String elsewhere = bench.server().address() + "/absolute";
        bench.reader().send(HttpRead.get(elsewhere));
        Expect.equal("an absolute target", "/absolute", bench.server().requests().get(2).target());
    }
}
