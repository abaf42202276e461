package dev.flowir.testing;

import dev.flowir.http.Egress;
import dev.flowir.http.HttpException;
import dev.flowir.http.HttpFault;
import dev.flowir.http.HttpRead;
import dev.flowir.http.HttpReply;
import dev.flowir.http.HttpWrite;
import dev.flowir.http.HttpWriter;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Secret;
import java.util.List;
import java.util.Optional;

/** Rules of {@link HttpContract} about what is sent once, and redirects. */
final class HttpOnceRules {

    private HttpOnceRules() {}

    static List<Rule<HttpBench>> rules() {
        return List.of(
                Rule.of(
                        "HTTP-10",
                        "a call whose kept connection was closed is not sent again",
                        "whether the client below repeats idempotent requests by itself",
                        HttpOnceRules::sendsOnceOverKeptConnections),
                Rule.of(
                        "HTTP-11",
                        "a call that fails is not sent again, whatever its method and status",
                        "whether statuses such as 503 and 429 are repeated below the handle",
                        HttpOnceRules::sendsOnce),
                Rule.of(
                        "HTTP-12",
                        "a redirect is a reply unless following is asked for",
                        "the redirect policy of the client below",
                        HttpOnceRules::showsRedirects),
                Rule.of(
                        "HTTP-13",
                        "a GET follows as many redirects as allowed, and no write follows one",
                        "how redirects are counted, and which methods follow",
                        HttpOnceRules::followsRedirects),
                Rule.of(
                        "HTTP-14",
                        "a redirect goes to allowed destinations only, and takes no credentials to"
                                + " another origin",
                        "whether the list of destinations is asked again, and which headers stay",
                        HttpOnceRules::redirectsCarefully));
    }

    private static void sendsOnceOverKeptConnections(HttpBench bench, TestClock clock) {
        bench.server().then(200, "kept").then((request, wire) -> wire.close());
        bench.reader().send(HttpRead.get("/first"));
        HttpException lost =
                HttpContract.refused(
                        HttpFault.CONNECTION_LOST,
                        () -> bench.reader().send(HttpRead.get("/second")));
        Expect.equal("targets", List.of("/first", "/second"), targets(bench.server()));
        Expect.that("a GET is worth another attempt of the flow", lost.isRetriable());
    }

    private static List<String> targets(WireServer server) {
        return server.requests().stream().map(WireRequest::target).toList();
    }

    private static void sendsOnce(HttpBench bench, TestClock clock) {
        bench.server()
                .then((request, wire) -> wire.reply(503, "Retry-After: 0\r\n", ""))
                .then((request, wire) -> wire.reply(429, "Retry-After: 0\r\n", ""))
                .then(500, "")
                .then((request, wire) -> wire.reset());
        Expect.equal("status", 503, bench.reader().send(HttpRead.get("/1")).status());
        Expect.equal("status", 429, bench.writer().send(HttpWrite.put("/2")).status());
        Expect.equal("status", 500, bench.writer().send(HttpWrite.post("/3")).status());
        HttpContract.refused(
                HttpFault.CONNECTION_LOST, () -> bench.writer().send(HttpWrite.delete("/4")));
        Expect.equal("targets", List.of("/1", "/2", "/3", "/4"), targets(bench.server()));
    }

    private static void showsRedirects(HttpBench bench, TestClock clock) {
        bench.server().then((request, wire) -> wire.reply(302, "Location: /there\r\n", ""));
        HttpReply reply = bench.reader().send(HttpRead.get("/here"));
        Expect.equal("status", 302, reply.status());
        Expect.equal("where to", Optional.of("/there"), reply.header("location"));
        Expect.equal("targets", List.of("/here"), targets(bench.server()));
    }

    private static void followsRedirects(HttpBench bench, TestClock clock) {
        bench.server().then((request, wire) -> wire.reply(307, "Location: /there\r\n", "moved"));
        CapabilityProvider two = bench.provider(settings -> settings.withRedirects(2));
        HttpContract.refused(
                HttpFault.BAD_REDIRECT, () -> HttpBench.writer(two).send(HttpRead.get("/here")));
        Expect.equal("targets", List.of("/here", "/there", "/there"), targets(bench.server()));
        Expect.equal(
                "status of a POST",
                307,
                HttpBench.writer(two).send(HttpWrite.post("/change")).status());
        bench.server()
                .forget()
                .then((request, wire) -> wire.reply(301, "Location: ../end?x=1\r\n", ""))
                .then(200, "arrived");
        Expect.equal(
                "where it arrives",
                "arrived",
                HttpBench.writer(two).send(HttpRead.get("/a/b/c")).text());
        Expect.equal("the last target", "/a/end?x=1", targets(bench.server()).getLast());
    }

    private static void redirectsCarefully(HttpBench bench, TestClock clock) throws Exception {
        try (WireServer other = WireServer.start();
                WireServer forbidden = WireServer.start()) {
            other.then(200, "other");
            forbidden.then(200, "forbidden");
            bench.server()
                    .then((request, wire) ->
                            wire.reply(302, "Location: " + other.address() + "/x\r\n", ""))
                    .then((request, wire) ->
                            wire.reply(302, "Location: " + forbidden.address() + "/x\r\n", ""));
            CapabilityProvider provider =
                    bench.provider(settings ->
                            settings.withRedirects(3)
                                    .with(Egress.own().to(other.address()).withPrivateAddresses())
                                    .withHeader("x-plain", "plain")
                                    .withHeader("x-key", () -> Secret.of("endpoint-key")));
            HttpWriter writer = HttpBench.writer(provider);
            HttpRead call = HttpRead.get("/start").header("authorization", "Bearer call-key");
            Expect.equal("where it arrives", "other", writer.send(call).text());
            WireRequest first = bench.server().requests().get(0);
            Expect.equal("key", Optional.of("endpoint-key"), first.header("x-key"));
            Expect.equal("bearer", Optional.of("Bearer call-key"), first.header("authorization"));
            WireRequest second = other.requests().get(0);
            Expect.equal("key elsewhere", Optional.empty(), second.header("x-key"));
            Expect.equal("bearer elsewhere", Optional.empty(), second.header("authorization"));
            Expect.equal("what is not secret", Optional.of("plain"), second.header("x-plain"));
            HttpContract.refused(HttpFault.EGRESS_REFUSED, () -> writer.send(call));
            Expect.equal("connections of the forbidden", 0, forbidden.connections());
        }
    }
}
