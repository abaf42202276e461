package dev.flowir.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.http.CircuitBreaking;
import dev.flowir.http.Egress;
import dev.flowir.http.Http;
import dev.flowir.http.HttpEndpoint;
import dev.flowir.http.HttpException;
import dev.flowir.http.HttpFault;
import dev.flowir.http.HttpRead;
import dev.flowir.http.HttpReader;
import dev.flowir.http.HttpSettings;
import dev.flowir.http.SharedCircuit;
import dev.flowir.http.SharedCircuit.Answer;
import dev.flowir.http.SharedCircuit.Outcome;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.testing.HttpBench;
import dev.flowir.testing.HttpContract;
import dev.flowir.testing.RedisServer;
import dev.flowir.testing.TestClock;
import dev.flowir.testing.Verdict;
import dev.flowir.testing.WireServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Circuits on a server do what those of a process do, for all processes. */
class RedisCircuitTest {

    private static final Duration OPEN = Duration.ofSeconds(10);

    /** Half of four calls or more out of six; two probes. */
    private static final CircuitBreaking RULES = new CircuitBreaking(6, 4, 50, OPEN, 2);

    private static RedisServer server;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        server = RedisServer.start(folder, RedisServer.Fsync.EVERY_SECOND);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void call(SharedCircuit circuit, Outcome outcome) {
        circuit.tell(RULES, gone(circuit), outcome);
    }

    private static long gone(SharedCircuit circuit) {
        return assertInstanceOf(Answer.Go.class, circuit.ask(RULES)).period();
    }

    private static void assertStopped(Duration openFor, SharedCircuit circuit) {
        assertEquals(new Answer.Stop(openFor), circuit.ask(RULES));
    }

    @Test
    void http52_endpointsKeepTheContractWithIt() {
        try (Redis redis = OnServer.connected(server, "contract")) {
            var contract = HttpContract.rules();
            var breaking =
                    contract.rules().stream()
                            .filter(rule -> rule.id().equals("HTTP-52"))
                            .findFirst()
                            .orElseThrow();
            Verdict verdict =
                    contract.verify(
                            breaking,
                            clock -> {
                                SharedCircuit shared = redis.circuit("s", Optional.of(clock));
                                return HttpBench.of(
                                        (binding, base, settings) ->
                                                HttpEndpoint.open(
                                                        binding, base, settings.with(shared)),
                                        clock);
                            });
            assertInstanceOf(Verdict.Passed.class, verdict, verdict::toString);
        }
    }

    @Test
    void whatOneProcessOpensIsOpenInTheOther_andOfAllTwoProbesGo() {
        TestClock clock = new TestClock();
        try (Redis one = OnServer.connected(server, "two");
                Redis other = OnServer.connected(server, "two")) {
            SharedCircuit here = one.circuit("flights", Optional.of(clock));
            SharedCircuit there = other.circuit("flights", Optional.of(clock));
            call(here, Outcome.SUCCEEDED);
            call(there, Outcome.FAILED);
            call(here, Outcome.SUCCEEDED);
            call(there, Outcome.UNKNOWN);
            long late = gone(here);
            call(there, Outcome.FAILED);
            assertStopped(OPEN, here);
            assertStopped(OPEN, there);
            assertInstanceOf(
                    Answer.Go.class, other.circuit("hotels", Optional.of(clock)).ask(RULES));

            clock.advance(OPEN.minusMillis(1));
            assertStopped(Duration.ofMillis(1), here);
            clock.advance(Duration.ofMillis(1));
            long first = gone(here);
            long second = gone(there);
            assertStopped(Duration.ZERO, here);
            there.tell(RULES, late, Outcome.FAILED); // of before, which says nothing now
            there.tell(RULES, second, Outcome.UNKNOWN);
            second = gone(here);
            assertStopped(Duration.ZERO, there);
            there.tell(RULES, first, Outcome.SUCCEEDED);
            assertStopped(Duration.ZERO, there);
            here.tell(RULES, second, Outcome.SUCCEEDED);
            for (int i = 0; i < 3; i++) {
                call(here, Outcome.SUCCEEDED);
                call(there, Outcome.SUCCEEDED);
            }
            call(here, Outcome.FAILED);
            call(there, Outcome.FAILED);
            call(here, Outcome.FAILED); // three of the last six
            assertStopped(OPEN, there);
        }
    }

    @Test
    void theProbesOfAProcessThatDiedAreMadeAgain() {
        TestClock clock = new TestClock();
        try (Redis redis = OnServer.connected(server, "died")) {
            SharedCircuit circuit = redis.circuit("flights", Optional.of(clock));
            for (int i = 0; i < 4; i++) {
                call(circuit, Outcome.FAILED);
            }
            clock.advance(OPEN);
            long died = gone(circuit);
            gone(circuit);
            clock.advance(OPEN.minusMillis(1));
            assertStopped(Duration.ZERO, circuit);
            clock.advance(Duration.ofMillis(1));
            long next = gone(circuit);
            circuit.tell(RULES, died, Outcome.FAILED);
            circuit.tell(RULES, next, Outcome.SUCCEEDED);
            circuit.tell(RULES, gone(circuit), Outcome.SUCCEEDED);
            gone(circuit);
            gone(circuit);
            gone(circuit);
        }
    }

    @Test
    void aCircuitThatNobodyAsksIsForgottenAfterADay() {
        try (Redis redis = OnServer.connected(server, "idle");
                Link link = Link.open(Patient.at(server).prefixed("idle"))) {
            call(redis.circuit("flights"), Outcome.SUCCEEDED);
            byte[] key = Server.utf8("idle:circuit:{flights}");
            long millis = link.call(0, commands -> commands.pttl(key));
            long day = Duration.ofDays(1).plus(OPEN.multipliedBy(2)).toMillis();
            assertTrue(millis > day / 2 && millis <= day, () -> "forgotten after " + millis);
        }
    }

    @Test
    void withoutTheServerAProcessGoesByWhatItSaw(@TempDir Path folder) throws Exception {
        RedisServer own = RedisServer.start(folder, RedisServer.Fsync.EVERY_SECOND);
        try (Redis redis = OnServer.connected(own, "away");
                WireServer service = WireServer.start();
                HttpEndpoint endpoint =
                        HttpEndpoint.open(
                                "flights",
                                service.address(),
                                HttpSettings.DEFAULT
                                        .with(Egress.own().withPrivateAddresses())
                                        .with(RULES)
                                        .with(redis.circuit("flights")))) {
            HttpReader reader = endpoint.handle(Http.reader("flights"), Scope.outside("test"));
            service.then(500, "");
            for (int i = 0; i < 3; i++) {
                assertEquals(500, reader.send(HttpRead.get("/")).status());
            }
            own.close();
            Await.until("it is gone", () -> redis.health() instanceof RedisHealth.Silent);
            assertEquals(500, reader.send(HttpRead.get("/")).status());
            HttpException open =
                    assertThrows(HttpException.class, () -> reader.send(HttpRead.get("/")));
            assertEquals(HttpFault.CIRCUIT_OPEN, open.fault());
        } finally {
            own.close();
        }
    }
}
