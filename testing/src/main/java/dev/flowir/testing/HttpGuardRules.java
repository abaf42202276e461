package dev.flowir.testing;

import dev.flowir.http.CallRate;
import dev.flowir.http.CircuitBreaking;
import dev.flowir.http.Egress;
import dev.flowir.http.HttpException;
import dev.flowir.http.HttpFault;
import dev.flowir.http.HttpRead;
import dev.flowir.http.HttpWrite;
import dev.flowir.http.HttpWriter;
import dev.flowir.kernel.cap.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Rules of {@link HttpContract} about where calls may go, how often, and what is not shown. */
final class HttpGuardRules {

    private HttpGuardRules() {}

    static List<Rule<HttpBench>> rules() {
        return List.of(
                Rule.of(
                        "HTTP-50",
                        "a call to another scheme, host or port is refused before a byte is sent,"
                                + " unless its origin is listed",
                        "how origins are compared, wildcards and default ports included",
                        HttpGuardRules::goesWhereItMay),
                Rule.of(
                        "HTTP-51",
                        "a private address is refused before a byte is sent, however it is written"
                                + " and whatever its name, unless allowed",
                        "whether the addresses that a name has are looked at, all of them",
                        HttpGuardRules::staysOutside),
                Rule.of(
                        "HTTP-52",
                        "a service that fails often is left alone for a while, then probed",
                        "what counts as a failure, and what closes the circuit again",
                        HttpGuardRules::breaksTheCircuit),
                Rule.of(
                        "HTTP-53",
                        "calls beyond the rate are refused at once, with the time until the next",
                        "how the bucket is filled, and whether anything waits",
                        HttpGuardRules::keepsTheRate),
                Rule.of(
                        "HTTP-54",
                        "secrets get to the service, and into no message, whatever it answers",
                        "what messages quote of replies, addresses, headers and causes",
                        HttpGuardRules::hidesSecrets));
    }

    private static void goesWhereItMay(HttpBench bench, TestClock clock) throws Exception {
        try (WireServer other = WireServer.start()) {
            other.then(200, "other");
            HttpRead call = HttpRead.get(other.address() + "/x");
            HttpContract.refused(HttpFault.EGRESS_REFUSED, () -> bench.reader().send(call));
            for (String target :
                    List.of(
                            bench.server().address().replace("http:", "https:"),
                            bench.server().address().replace("127.0.0.1", "localhost"),
                            bench.server().address() + "1",
                            "http://evil.example/" + bench.server().address())) {
                HttpContract.refused(
                        HttpFault.EGRESS_REFUSED,
                        () -> bench.reader().send(HttpRead.get(target + "/x")));
            }
            Expect.equal("connections", 0, other.connections() + bench.server().connections());
            HttpWriter allowed =
                    HttpBench.writer(
                            bench.provider(settings ->
                                    settings.with(
                                            Egress.own()
                                                    .to(other.address())
                                                    .withPrivateAddresses())));
            Expect.equal("what it may reach", "other", allowed.send(call).text());
        }
    }

    private static void staysOutside(HttpBench bench, TestClock clock) {
        bench.server().then(200, "inside");
        String port = bench.server().address().replaceFirst(".*:", "");
        for (String host :
                List.of(
                        "127.0.0.1",
                        "localhost",
                        "0.0.0.0",
                        "127.1.2.3",
                        "2130706433",
                        "[::1]",
                        "[::ffff:127.0.0.1]",
                        "[::]",
                        "10.0.0.1",
                        "172.16.0.1",
                        "192.168.1.1",
                        "169.254.169.254",
                        "100.64.0.1",
                        "[fe80::1]",
                        "[fd00::1]",
                        "[64:ff9b::7f00:1]",
                        "[2002:7f00:1::]",
                        "224.0.0.1",
                        "255.255.255.255")) {
            HttpWriter writer =
                    HttpBench.writer(
                            bench.provider(
                                    "http://" + host + ":" + port,
                                    settings -> settings.with(Egress.own())));
            HttpContract.refused(HttpFault.PRIVATE_ADDRESS, () -> writer.send(HttpRead.get("/")));
        }
        Expect.equal("connections", 0, bench.server().connections());
        Expect.equal("where allowed", "inside", bench.reader().send(HttpRead.get("/")).text());
    }

    private static void breaksTheCircuit(HttpBench bench, TestClock clock) {
        CircuitBreaking rules = new CircuitBreaking(10, 4, 50, Duration.ofSeconds(10), 2);
        HttpWriter writer = HttpBench.writer(bench.provider(settings -> settings.with(rules)));
        bench.server().then(200, "").then(404, "").then(500, "").then(500, "");
        for (int i = 0; i < 4; i++) {
            writer.send(HttpRead.get("/"));
        }
        HttpException open = refusedByCircuit(writer);
        Expect.equal("when again", Optional.of(Duration.ofSeconds(10)), open.retryAfter());
        Expect.equal("how far it came", HttpFault.Reach.NOTHING_SENT, open.fault().reach());
        clock.advance(Duration.ofSeconds(9));
        refusedByCircuit(writer);
        Expect.equal("requests while open", 4, bench.server().requests().size());
        clock.advance(Duration.ofSeconds(1));
        bench.server().forget().then((request, wire) -> wire.reset());
        HttpContract.refused(HttpFault.CONNECTION_LOST, () -> writer.send(HttpRead.get("/")));
        refusedByCircuit(writer);
        clock.advance(Duration.ofSeconds(10));
        bench.server().forget().then(200, "");
        for (int i = 0; i < 10; i++) {
            writer.send(HttpRead.get("/"));
        }
        Expect.equal("requests", 15, bench.server().requests().size());
    }

    private static HttpException refusedByCircuit(HttpWriter writer) {
        return HttpContract.refused(HttpFault.CIRCUIT_OPEN, () -> writer.send(HttpWrite.post("/")));
    }

    private static void keepsTheRate(HttpBench bench, TestClock clock) {
        bench.server().then(200, "");
        HttpWriter writer =
                HttpBench.writer(
                        bench.provider(settings ->
                                settings.with(new CallRate(10, Duration.ofSeconds(1), 3))));
        for (int i = 0; i < 3; i++) {
            writer.send(HttpRead.get("/"));
        }
        HttpException early =
                HttpContract.refused(HttpFault.RATE_LIMITED, () -> writer.send(HttpRead.get("/")));
        Expect.equal("when again", Optional.of(Duration.ofMillis(100)), early.retryAfter());
        Expect.that("it is worth another attempt", early.isRetriable());
        clock.advance(Duration.ofMillis(99));
        HttpContract.refused(HttpFault.RATE_LIMITED, () -> writer.send(HttpRead.get("/")));
        clock.advance(Duration.ofMillis(1));
        writer.send(HttpRead.get("/"));
        clock.advance(Duration.ofDays(1));
        for (int i = 0; i < 3; i++) {
            writer.send(HttpRead.get("/"));
        }
        HttpContract.refused(HttpFault.RATE_LIMITED, () -> writer.send(HttpRead.get("/")));
        Expect.equal("requests", 7, bench.server().requests().size());
    }

    private static void hidesSecrets(HttpBench bench, TestClock clock) {
        String key = "k3y+with/odd=\"signs\"";
        String word = "pass word";
        HttpWriter writer =
                HttpBench.writer(
                        bench.provider(settings ->
                                settings.withHeader(
                                        "authorization",
                                        () -> Secret.of(key).map(text -> "Bearer " + text))));
        HttpRead call = HttpRead.get("/x").query("api_key", key).header("x-word", Secret.of(word));
        List<WireServer.Script> echoes =
                List.of(
                        (request, wire) ->
                                wire.reply(
                                        500,
                                        "",
                                        request.header("authorization").orElse("none")
                                                + " "
                                                + request.target()
                                                + " "
                                                + request.header("x-word").orElse("none")),
                        (request, wire) -> wire.write("HTTP/1.1 " + key + " " + word + "\r\n\r\n"),
                        (request, wire) ->
                                wire.write(
                                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                                + key
                                                + word
                                                + "\r\n"),
                        (request, wire) -> wire.reply(302, "Location: //" + key + "\r\n", ""),
                        (request, wire) -> wire.reset());
        for (WireServer.Script echo : echoes) {
            bench.server()
                    .forget()
                    .then((request, wire) -> {
                        echo.answer(request, wire);
                        wire.close();
                    });
            HttpException fault =
                    Expect.refused(
                            "the echo", HttpException.class, () -> writer.send(call).orThrow());
            for (Throwable seen = fault; seen != null; seen = seen.getCause()) {
                String shown = String.valueOf(seen);
                Expect.that(
                        "'" + shown.replace(key, "KEY").replace(word, "WORD") + "' shows no secret",
                        !shown.contains(key)
                                && !shown.contains(word)
                                && !shown.contains("k3y%2Bwith%2Fodd"));
            }
        }
        Expect.equal(
                "what the service got",
                Optional.of("Bearer " + key),
                bench.server().requests().get(0).header("authorization"));
        Expect.that("a call shows none either", !call.toString().contains(word));
    }
}
