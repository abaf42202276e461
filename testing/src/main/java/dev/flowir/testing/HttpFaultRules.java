package dev.flowir.testing;

import dev.flowir.http.HttpBody;
import dev.flowir.http.HttpException;
import dev.flowir.http.HttpFault;
import dev.flowir.http.HttpRead;
import dev.flowir.http.HttpWrite;
import dev.flowir.http.HttpWriter;
import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Rules of {@link HttpContract} about connections that fail. */
final class HttpFaultRules {

    private HttpFaultRules() {}

    static List<Rule<HttpBench>> rules() {
        return List.of(
                Rule.of(
                        "HTTP-40",
                        "a refused connection says so, and that nothing was sent",
                        "how the client's exceptions become faults",
                        HttpFaultRules::refusedConnections),
                Rule.of(
                        "HTTP-41",
                        "a connection lost before the reply is worth another attempt only where a"
                                + " repeat is no second change",
                        "how far a call came, and which calls may be repeated",
                        HttpFaultRules::lostBeforeTheReply),
                Rule.of(
                        "HTTP-42",
                        "half a body is a fault, never a short value",
                        "whether the announced length and the last chunk are waited for",
                        HttpFaultRules::halfBodies),
                Rule.of(
                        "HTTP-43",
                        "what is no HTTP is a fault",
                        "what a broken status line, header or chunk ends in",
                        HttpFaultRules::garbage),
                Rule.of(
                        "HTTP-44",
                        "a name without an address is a fault that says so",
                        "how names are resolved",
                        HttpFaultRules::unknownHosts),
                Rule.of(
                        "HTTP-45",
                        "a request whose body cannot be read is a fault of this side",
                        "what an exception of the body's stream becomes",
                        HttpFaultRules::brokenRequestBodies),
                Rule.of(
                        "HTTP-46",
                        "a fault names method, address, node, flow and attempt",
                        "what messages are made of",
                        HttpFaultRules::namesThePlace));
    }

    private static String nobody() throws IOException {
        try (WireServer gone = WireServer.start()) {
            return gone.address();
        }
    }

    private static void refusedConnections(HttpBench bench, TestClock clock) throws Exception {
        HttpWriter writer = HttpBench.writer(bench.provider(nobody(), settings -> settings));
        HttpException refusal =
                HttpContract.refused(
                        HttpFault.CONNECT_FAILED, () -> writer.send(HttpWrite.post("/")));
        Expect.equal("how far it came", HttpFault.Reach.NOTHING_SENT, refusal.fault().reach());
        Expect.that("even a POST is worth another attempt", refusal.isRetriable());
    }

    private static void lostBeforeTheReply(HttpBench bench, TestClock clock) {
        bench.server().then((request, wire) -> wire.reset());
        HttpWriter writer = bench.writer();
        Expect.that(
                "a GET that was lost can be made again",
                lost(() -> writer.send(HttpRead.get("/"))).isRetriable());
        Expect.that(
                "a PUT that was lost can be made again",
                lost(() -> writer.send(HttpWrite.put("/"))).isRetriable());
        Expect.that(
                "a DELETE that was lost can be made again",
                lost(() -> writer.send(HttpWrite.delete("/"))).isRetriable());
        Expect.that(
                "a POST with a key",
                lost(() -> writer.send(HttpWrite.post("/").withIdempotencyKey())).isRetriable());
        Expect.that(
                "a POST that was lost is not made again",
                !lost(() -> writer.send(HttpWrite.post("/"))).isRetriable());
        Expect.that(
                "a PATCH that was lost is not made again",
                !lost(() -> writer.send(HttpWrite.patch("/"))).isRetriable());
    }

    private static HttpException lost(Expect.Work work) {
        return HttpContract.refused(HttpFault.CONNECTION_LOST, work);
    }

    private static void halfBodies(HttpBench bench, TestClock clock) {
        for (String half :
                List.of(
                        "Content-Length: 10\r\n\r\nhalf",
                        "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
                        "Transfer-Encoding: chunked\r\n\r\na\r\nhalf")) {
            for (boolean reset : new boolean[] {false, true}) {
                bench.server()
                        .forget()
                        .then((request, wire) -> {
                            wire.write("HTTP/1.1 200 OK\r\n" + half);
                            if (reset) {
                                wire.reset();
                            } else {
                                wire.close();
                            }
                        });
                lost(() -> bench.reader().send(HttpRead.get("/")));
            }
        }
    }

    private static void garbage(HttpBench bench, TestClock clock) {
        for (String raw :
                List.of(
                        "SSH-2.0-OpenSSH_9.9\r\n\r\n",
                        "HTTP/1.1 abc OK\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nContent-Length: minus one\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhalf\r\n")) {
            bench.server()
                    .forget()
                    .then((request, wire) -> {
                        wire.write(raw);
                        wire.close();
                    });
            HttpException fault =
                    Expect.refused(
                            "a reply of " + raw.strip(),
                            HttpException.class,
                            () -> bench.reader().send(HttpRead.get("/")));
            Expect.that(
                    fault.fault() + " is about a reply that is none",
                    fault.fault() == HttpFault.BAD_REPLY
                            || fault.fault() == HttpFault.CONNECTION_LOST);
        }
    }

    private static void unknownHosts(HttpBench bench, TestClock clock) {
        // a name that never has an address: RFC 6761
        HttpWriter writer =
                HttpBench.writer(bench.provider("http://nobody.invalid", settings -> settings));
        HttpException fault =
                HttpContract.refused(
                        HttpFault.UNKNOWN_HOST, () -> writer.send(HttpWrite.post("/")));
        Expect.equal("how far it came", HttpFault.Reach.NOTHING_SENT, fault.fault().reach());
    }

    private static void brokenRequestBodies(HttpBench bench, TestClock clock) {
        bench.server().then(200, "");
        InputStream broken =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the disk is gone");
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        return read();
                    }
                };
        HttpContract.refused(
                HttpFault.REQUEST_BODY,
                () ->
                        bench.writer()
                                .send(
                                        HttpWrite.post("/")
                                                .body(HttpBody.stream("text/plain", broken))));
        Expect.equal("whole requests", 0, bench.server().requests().size());
    }

    private static void namesThePlace(HttpBench bench, TestClock clock) {
        bench.server().then((request, wire) -> wire.reset());
        HttpWriter writer =
                HttpBench.writer(
                        bench.provider(),
                        new Scope("checkout", "run", "charge", 3, "key", Fence.open()));
        String message =
                String.valueOf(lost(() -> writer.send(HttpWrite.post("/pay?card=1"))).getMessage());
        for (String part :
                List.of(
                        "POST " + bench.server().address() + "/pay ",
                        "endpoint '" + HttpBench.BINDING + "'",
                        "node 'charge'",
                        "flow 'checkout'",
                        "attempt 3")) {
            Expect.that("'" + message + "' says " + part, message.contains(part));
        }
    }
}
