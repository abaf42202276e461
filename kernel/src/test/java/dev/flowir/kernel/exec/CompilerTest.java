package dev.flowir.kernel.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NodeBody;
import dev.flowir.kernel.Execution;
import dev.flowir.kernel.Flows;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.machine.Schedule;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a flow becomes, on either side of each limit; and that it computes the same. */
class CompilerTest {

    /** Some more than what fills a method when each of {@link #joined} joins them all. */
    private static final int SOURCES = 20;

    private static Flow<JsonValue, JsonValue> chain(int steps) {
        Flows flows = Flows.named("chain").nodes("n0");
        for (int n = 1; n < steps; n++) {
            flows.nodes("n" + n).edges("n" + (n - 1) + " -> n" + n);
        }
        return flows.flow("n0", "n" + (steps - 1));
    }

    /** Nodes after a first one, each of which joins the same sources; the last one is asked. */
    private static Flow<JsonValue, JsonValue> joined(int joins) {
        Flows flows = Flows.named("joined").nodes("n0");
        String[] sources =
                IntStream.range(0, SOURCES).mapToObj(it -> "s" + it).toArray(String[]::new);
        for (String source : sources) {
            flows.nodes(source).edges("n0 -> " + source);
        }
        for (int k = 0; k < joins; k++) {
            String join = "j" + k;
            flows.pure(join, (in, handles, context) -> JsonValue.number(in.hashCode()));
            for (String source : sources) {
                flows.edges(source + " -> " + join);
            }
            flows.join(join, sources);
        }
        return flows.flow("n0", "j" + (joins - 1));
    }

    private static Optional<Program> program(Flow<?, ?> flow, Execution execution) {
        Preparation.Verdict verdict =
                Preparation.forOthers(flow, Capabilities.none(), HintTable.FULL);
        Prepared prepared = assertInstanceOf(Preparation.Ready.class, verdict).prepared();
        Schedule schedule = Schedule.of(prepared.plan()).orElseThrow();
        NodeBody.Single[] bodies = new NodeBody.Single[schedule.steps()];
        boolean[] joins = new boolean[bodies.length];
        for (int step = 0; step < bodies.length; step++) {
            bodies[step] = (NodeBody.Single) prepared.body(schedule.node(step));
            joins[step] = schedule.joins(step);
        }
        Entrance entrance = new Gate(1, new Lanes()).entrance(Lane.NO_LIMIT);
        return Compiler.compile(schedule, bodies, joins, entrance, execution);
    }

    @Test
    void aClassWhereTheJvmMakesOneAndAChainBefore() {
        Program made = program(chain(3), Execution.COMPILED).orElseThrow();
        assertEquals(Assembler.isPresent(), made.getClass().isHidden());
        assertEquals(!Assembler.isPresent(), made instanceof Chain);
    }

    @Test
    void aChainWhenTold() {
        assertInstanceOf(Chain.class, program(chain(3), Execution.CHAINED).orElseThrow());
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "CHAINED"})
    void aScheduleThatIsTooLongIsLeft(Execution execution) {
        assertNotEquals(Optional.empty(), program(chain(Compiler.MAX_STEPS), execution));
        assertEquals(Optional.empty(), program(chain(Compiler.MAX_STEPS + 1), execution));
    }

    @Test
    void aMethodThatHotSpotWouldNotCompileIsLeft() {
        assumeTrue(Assembler.isPresent(), "no class is made here");
        assertNotEquals(Optional.empty(), program(joined(20), Execution.COMPILED));
        assertEquals(Optional.empty(), program(joined(40), Execution.COMPILED));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsLeftGivesTheSame(Execution execution) {
        assertEquals(given(joined(20), Execution.MACHINE), given(joined(20), execution));
        assertEquals(given(joined(40), Execution.MACHINE), given(joined(40), execution));
        assertEquals(JsonValue.number(7), given(chain(Compiler.MAX_STEPS + 1), execution));
    }

    private static JsonValue given(Flow<JsonValue, JsonValue> flow, Execution execution) {
        try (Runtime runtime = Runtime.builder().execution(execution).build()) {
            return runtime.run(flow, JsonValue.number(7)).orThrow();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFlowThatPassesItsInputOn(Execution execution) {
        Flow<Integer, Integer> flow = Flow.define("one", "1.0.0", Integer.class, (g, in) -> in);
        assertInstanceOf(Program.class, program(flow, Execution.COMPILED).orElseThrow());
        try (Runtime runtime = Runtime.builder().execution(execution).build()) {
            assertEquals(7, runtime.run(flow, 7).orThrow());
        }
    }
}
