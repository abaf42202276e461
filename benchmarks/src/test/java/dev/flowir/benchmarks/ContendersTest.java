package dev.flowir.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.flowir.benchmarks.records.Records;
import dev.flowir.benchmarks.requests.Desk;
import dev.flowir.benchmarks.requests.Order;
import dev.flowir.benchmarks.requests.Requests;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every contender computes the same; preparing one checks it against plain calls. */
class ContendersTest {

    @ParameterizedTest
    @FieldSource("dev.flowir.benchmarks.records.Records#PEERS")
    void w1a_recordsAreTheSameThroughEveryContender(String peer) throws Exception {
        for (int stages : new int[] {1, 3, 5}) {
            try (Contender contender = Records.prepare(peer, stages, 1000)) {
                assertEquals(contender.run(), contender.run());
            }
        }
    }

    @ParameterizedTest
    @FieldSource("dev.flowir.benchmarks.requests.Requests#PEERS")
    void w2_requestsAreAnsweredTheSameByEveryContender(String peer) throws Exception {
        try (Desk desk = Requests.prepare(peer, 1)) {
            assertEquals(400, desk.ask(new Order(1, 1)).cents() - 100);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "somebody else")
    void unknownContendersAreRefused(String peer) {
        assertThrows(IllegalArgumentException.class, () -> Records.prepare(peer, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> Requests.prepare(peer, 1));
    }
}
