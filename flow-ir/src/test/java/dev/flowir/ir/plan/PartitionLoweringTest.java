package dev.flowir.ir.plan;

import static dev.flowir.ir.plan.LoweringTest.DIAMOND;
import static dev.flowir.ir.plan.LoweringTest.NODES;
import static dev.flowir.ir.plan.LoweringTest.edge;
import static dev.flowir.ir.plan.LoweringTest.flow;
import static dev.flowir.ir.plan.LoweringTest.lower;
import static dev.flowir.ir.plan.LoweringTest.node;
import static dev.flowir.ir.plan.LoweringTest.refusal;
import static dev.flowir.ir.plan.LoweringTest.surface;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.FlowDefinition;
import org.junit.jupiter.api.Test;

/** What a partition makes of an edge, and what it cannot. */
class PartitionLoweringTest {

    private static String turns(String from, String to) {
        return surface(
                "partition",
                "{'v':1,'key':'k','key_pointer':'/k','edge':{'from':'%s','to':'%s'}}"
                        .formatted(from, to));
    }

    private static Refusal contradiction(String reason) {
        return new Refusal.InvalidSurface("s", "partition", reason);
    }

    @Test
    void keysTakeTurnsOnAnEdgeThatCanTellThemApart() {
        assertEquals(
                contradiction("the edge is partitioned by 's'"),
                refusal(NODES, DIAMOND, turns("t", "a") + "," + turns("t", "a")));
        assertEquals(
                contradiction("the edge spills, and what is spilled has no key to go by"),
                assertInstanceOf(
                                Lowered.Refused.class,
                                lower(
                                        flow(
                                                NODES,
                                                edge("t", "a", "{'spill_tier':'x'}", ""),
                                                turns("t", "a")),
                                        Surroundings.plain().spilling()))
                        .refusal());
        assertEquals(
                contradiction("'c' joins; put a node between"),
                refusal(
                        node("t", "") + "," + node("c", ",'join':['t']"),
                        edge("t", "c"),
                        turns("t", "c")));
    }

    @Test
    void aPartitionedEdgeIsNotFusedAndOneWithoutAPointerSaysNothing() {
        String line = edge("t", "a") + "," + edge("a", "c");
        String mere = surface("partition", "{'v':1,'key':'k','edge':{'from':'t','to':'a'}}");
        Plan turns = ready(flow(NODES, line, turns("t", "a")));
        Plan plain = ready(flow(NODES, line, mere));
        assertTrue(turns.edge(0).sharding().isPresent());
        assertTrue(plain.edge(0).sharding().isEmpty());
        assertNotEquals(turns.head(1), turns.head(0));
        assertEquals(plain.head(1), plain.head(0));
    }

    private static Plan ready(FlowDefinition flow) {
        return assertInstanceOf(Lowered.Ready.class, lower(flow, Surroundings.plain())).plan();
    }
}
