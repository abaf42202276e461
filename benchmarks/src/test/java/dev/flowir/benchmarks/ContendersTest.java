package dev.flowir.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.flowir.benchmarks.joins.Joined;
import dev.flowir.benchmarks.keyed.Keyed;
import dev.flowir.benchmarks.records.Bounded;
import dev.flowir.benchmarks.records.Records;
import dev.flowir.benchmarks.requests.Desk;
import dev.flowir.benchmarks.requests.Order;
import dev.flowir.benchmarks.requests.Requests;
import dev.flowir.benchmarks.waits.Waits;
import dev.flowir.benchmarks.watchdogs.Standing;
import dev.flowir.benchmarks.windows.Windowed;
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
    @FieldSource("dev.flowir.benchmarks.records.Bounded#PEERS")
    void w1b_boundedRecordsAreTheSameThroughEveryContender(String peer) throws Exception {
        for (int stages : new int[] {3, 5}) {
            try (Contender contender = Bounded.prepare(peer, stages, 1000)) {
                assertEquals(contender.run(), contender.run());
            }
        }
    }

    @ParameterizedTest
    @FieldSource("dev.flowir.benchmarks.waits.Waits#PEERS")
    void w3_everyContenderWaitsForBothAnswers(String peer) throws Exception {
        try (Contender contender = Waits.prepare(peer, 10)) {
            assertEquals(contender.run(), contender.run());
        }
    }

    @ParameterizedTest
    @FieldSource("dev.flowir.benchmarks.keyed.Keyed#PEERS")
    void w4_everyContenderKeepsTheOrderWithinEachKey(String peer) throws Exception {
        try (Contender contender = Keyed.prepare(peer, 3000)) {
            assertEquals(contender.run(), contender.run());
        }
    }

    @ParameterizedTest
    @FieldSource("dev.flowir.benchmarks.watchdogs.Standing#PEERS")
    void w5_noWatchdogFiresThatIsCancelledOrFarAway(String peer) {
        try (Standing standing = Standing.of(peer, 100)) {
            for (int i = 0; i < 1000; i++) {
                standing.recent();
                standing.random();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5 nodes",
                "50 nodes",
                "5 nodes in an instance",
                "50 nodes in an instance",
                "1 items per edge",
                "4096 items per edge",
                "65536 bytes of payload",
                "100 runs in flight"
            })
    void w6_everyNodeIsVisitedHoweverMuchGrows(String peer) throws Exception {
        try (Contender contender = W6Growth.contender(peer, 1000)) {
            assertEquals(1000, contender.run());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Peers.FLOW_COMPILED, Peers.FLOW_INTERPRETED})
    void w7_threeNodesInARowAnswer(String peer) throws Exception {
        try (Desk desk = Requests.chain(peer, 1)) {
            assertEquals(500, desk.ask(new Order(1, 5)).cents());
        }
    }

    @ParameterizedTest
    @FieldSource("dev.flowir.benchmarks.windows.Windowed#PEERS")
    void w8_everyContenderSumsTheSameWindows(String peer) throws Exception {
        try (Contender contender = Windowed.prepare(peer, 3500)) {
            assertEquals(contender.run(), contender.run());
        }
    }

    @ParameterizedTest
    @FieldSource("dev.flowir.benchmarks.joins.Joined#PEERS")
    void w9_everyContenderPairsTheSameItems(String peer) throws Exception {
        try (Contender contender = Joined.prepare(peer, 1000)) {
            assertEquals(contender.run(), contender.run());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "somebody else")
    void unknownContendersAreRefused(String peer) {
        assertThrows(IllegalArgumentException.class, () -> Records.prepare(peer, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> Bounded.prepare(peer, 3, 1));
        assertThrows(IllegalArgumentException.class, () -> Requests.prepare(peer, 1));
        assertThrows(IllegalArgumentException.class, () -> Waits.prepare(peer, 1));
        assertThrows(IllegalArgumentException.class, () -> Keyed.prepare(peer, 1));
        assertThrows(IllegalArgumentException.class, () -> Standing.of(peer, 1));
        assertThrows(IllegalArgumentException.class, () -> Windowed.prepare(peer, 1));
        assertThrows(IllegalArgumentException.class, () -> Joined.prepare(peer, 1));
    }
}
