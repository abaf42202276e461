package dev.flowir.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.http.model.ModelFault;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.cap.FaultKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What calls say of themselves, and the kinds that they have, do not contradict each other. */
class FaultKindsTest {

    private static HttpException call(HttpFault fault, int status, boolean repeatable) {
        return new HttpException(fault, "GET /", status, Optional.empty(), repeatable, "", null);
    }

    private static void agree(HttpException failed) {
        FaultKind kind = failed.kind();
        if (failed.isRetriable()) {
            assertTrue(kind.isRetriable(), failed + " is " + kind);
        } else {
            assertTrue(!kind.isRetriable() || kind.mayHaveHappened(), failed + " is " + kind);
        }
    }

    @Test
    void everyFaultAndEveryStatusAgreesWithItsKind() {
        for (boolean repeatable : new boolean[] {true, false}) {
            for (HttpFault fault : HttpFault.values()) {
                agree(call(fault, 0, repeatable));
            }
            for (int status = 300; status < 600; status++) {
                agree(call(HttpFault.STATUS, status, repeatable));
            }
        }
    }

    @Test
    void aStatusSaysTheKind() {
        assertEquals(FaultKind.NOT_FOUND, call(HttpFault.STATUS, 404, true).kind());
        assertEquals(FaultKind.CONFLICT, call(HttpFault.STATUS, 412, true).kind());
        assertEquals(FaultKind.DENIED, call(HttpFault.STATUS, 403, true).kind());
        assertEquals(FaultKind.TOO_LARGE, call(HttpFault.STATUS, 413, true).kind());
        assertEquals(FaultKind.THROTTLED, call(HttpFault.STATUS, 429, true).kind());
        assertEquals(FaultKind.UNAVAILABLE, call(HttpFault.STATUS, 503, true).kind());
        assertEquals(FaultKind.TIMEOUT, call(HttpFault.STATUS, 504, true).kind());
        assertEquals(FaultKind.INVALID, call(HttpFault.STATUS, 422, true).kind());
        assertEquals(FaultKind.INTERNAL, call(HttpFault.STATUS, 500, true).kind());
    }

    @Test
    void whatWasNotSentDidNotHappen() {
        // a request of which a part came is no request; its service has nothing to do
        Set<HttpFault> partly = EnumSet.of(HttpFault.REQUEST_TOO_LARGE);
        for (HttpFault fault : HttpFault.values()) {
            boolean sent = fault.reach() != HttpFault.Reach.NOTHING_SENT;
            assertEquals(
                    sent && !partly.contains(fault), fault.kind().mayHaveHappened(), fault.code());
        }
    }

    @Test
    void aFlowElsewhereFailsInKindsToo() {
        List<Failure> failures =
                List.of(
                        new Failure.Refused("full", Duration.ZERO),
                        new Failure.Recorded("TIME015", "late"),
                        new Failure.DeadlineExceeded(Duration.ofSeconds(1), ""),
                        new Failure.Cancelled("no"),
                        new Failure.MissingOutput("no"));
        assertEquals(
                List.of(
                        FaultKind.UNAVAILABLE,
                        FaultKind.TIMEOUT,
                        FaultKind.TIMEOUT,
                        FaultKind.CANCELLED,
                        FaultKind.INTERNAL),
                failures.stream()
                        .map(it -> new RemoteFlowException("flow", it, false).kind())
                        .toList());
    }

    @Test
    void aNodeTellsTheKindOfWhatFailed() {
        HttpException away = call(HttpFault.CONNECT_FAILED, 0, true);
        RuntimeException wrapped = new IllegalStateException("in a body", away);
        Failure.NodeFailed failed = new Failure.NodeFailed("n", Optional.empty(), 1, wrapped);
        assertEquals(Optional.of(FaultKind.UNAVAILABLE), failed.kind());
        assertEquals(
                Optional.empty(),
                new Failure.NodeFailed("n", Optional.empty(), 1, new IllegalStateException("x"))
                        .kind());
        assertEquals(FaultKind.THROTTLED, ModelFault.BUSY.kind());
    }
}
