package dev.flowir.ir.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Buffer;
import dev.flowir.ir.Delivery;
import dev.flowir.ir.Effects;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.Idempotency;
import dev.flowir.ir.NodeKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class GraphRulesTest {

    @Test
    void dag202_reportsSourceThenTargetOfEachEdge() {
        assertEquals(
                List.of("DAG202 /edges/0/from", "DAG202 /edges/0/to", "DAG202 /edges/1/to"),
                Draft.of("a").edges("x>y", "a>A").findings());
    }

    @Test
    void dag202_comesOncePerEdgeAndEndEvenForOneAlias() {
        assertEquals(
                List.of("DAG202", "DAG202", "DAG200"), Draft.of("a").edges("a>x", "x>a").errors());
    }

    @Test
    void dag200_selfLoopIsACycle() {
        assertEquals(List.of("DAG200 /edges/0"), Draft.of("a").edges("a>a").findings());
    }

    @Test
    void dag200_edgesWithUnknownEndsTakePartWhenADeclaredNodeLeadsThere() {
        assertEquals(
                List.of("DAG202", "DAG202", "DAG202", "DAG200"),
                Draft.of("a").edges("a>x", "x>x").errors());
        assertEquals(List.of("DAG202", "DAG202"), Draft.of("a").edges("x>x").errors());
    }

    @Test
    void dag200_comesOncePerFlow() {
        assertEquals(
                List.of("DAG200"), Draft.of("a", "b").edges("a>a", "b>b", "a>b", "b>a").errors());
    }

    @Test
    void dag200_namesTheCycleWithoutTheWayToIt() {
        String message =
                Checker.check(
                                Draft.of("in", "a", "b").edges("in>a", "a>b", "b>a").flow(),
                                HintTable.FULL)
                        .get(0)
                        .message();
        assertEquals("the edges form a cycle: 'a' -> 'b' -> 'a'", message);
    }

    @Test
    void dag200_aVeryLongChainIsNoDeepRecursion() {
        Draft draft = new Draft();
        for (int i = 0; i < 50_000; i++) {
            draft.node("n" + i, NodeKind.INLINE, Effects.PURE, List.of());
            draft.edges("n" + i + ">n" + (i + 1));
        }
        draft.node("n50000", NodeKind.INLINE, Effects.PURE, List.of());
        assertEquals(List.of(), draft.errors());
        assertEquals(List.of("DAG200"), draft.edges("n50000>n0").errors());
    }

    @Test
    void dag205_everyRepeatAfterTheFirst() {
        assertEquals(
                List.of("DAG205 /nodes/1/alias", "DAG205 /nodes/3/alias", "DAG205 /nodes/4/alias"),
                Draft.of("a", "a", "b", "b", "a").findings());
    }

    @Test
    void dag201_lookUpsSeeTheLastNodeOfAnAlias() {
        Draft first = new Draft().schemas("a", "X", "X").schemas("a", "X", "Y");
        assertEquals(
                List.of("DAG205", "DAG201"), first.schemas("b", "X", "X").edges("a>b").errors());
        Draft second = new Draft().schemas("a", "X", "Y").schemas("a", "X", "X");
        assertEquals(List.of("DAG205"), second.schemas("b", "X", "X").edges("a>b").errors());
    }

    @Test
    void dag201_comparesNamesAsExactText() {
        assertEquals(
                List.of("DAG201"),
                new Draft().schemas("a", "X", "X").schemas("b", "x", "x").edges("a>b").errors());
    }

    @Test
    void dag104_pointsAtTheSecondTrigger() {
        assertEquals(
                List.of("DAG104 /nodes/2/kind"),
                Draft.of("a").trigger("t").trigger("u").edges("t>a").findings());
        assertEquals(
                List.of(),
                Draft.of("a").trigger("t").trigger("u").edges("t>a").manyTriggers().errors());
    }

    @Test
    void exact_unsignedLifetimesAreLarge() {
        Idempotency forever =
                new Idempotency(Optional.of("k"), Optional.empty(), OptionalLong.of(-1));
        assertEquals(
                List.of(),
                Draft.of("a")
                        .node(
                                "b",
                                NodeKind.INLINE,
                                Effects.EFFECTFUL,
                                List.of("resource::dedupe::write"),
                                forever,
                                List.of())
                        .edge("a", "b", Delivery.EXACTLY_ONCE, Buffer.defaults())
                        .findings());
    }

    @Test
    void spill002_isReportedOnTheFirstSpillingEdgeOnly() {
        Buffer spilling =
                new Buffer(
                        OptionalLong.of(1),
                        OptionalLong.empty(),
                        Optional.of(""),
                        Optional.empty());
        assertEquals(
                List.of("SPILL002 /edges/1/buffer/spill_tier"),
                Draft.of("a", "b")
                        .edges("a>b")
                        .edge("a", "b", Delivery.AT_LEAST_ONCE, spilling)
                        .edge("a", "b", Delivery.AT_LEAST_ONCE, spilling)
                        .findings());
    }

    @Test
    void dag210_dag211_warnOfNodesThatNoTriggerLeadsTo() {
        assertEquals(
                List.of("DAG210 /nodes/1", "DAG211 /nodes/2"),
                Draft.of("a", "b", "c").trigger("t").edges("t>a", "b>c").findings());
    }

    @Test
    void dag210_withoutTriggersEveryRootIsAStart() {
        assertEquals(List.of(), Draft.of("a", "b").findings());
    }

    @Test
    void dag212_warnsOfEdgesIntoATrigger() {
        assertEquals(
                List.of("DAG212 /edges/0/to"),
                new Draft().trigger("t").trigger("u").edges("t>u").manyTriggers().findings());
    }

    @Test
    void hint101_warnsOfHintsThatNoCapabilityHas() {
        Draft draft =
                new Draft()
                        .node(
                                "a",
                                NodeKind.INLINE,
                                Effects.READ_ONLY,
                                List.of(
                                        "resource::kv::read",
                                        "resource::kv::raed",
                                        "resource::dedupe::store",
                                        "mail::send"));
        assertEquals(
                List.of("HINT101 /nodes/0/effectHints/1", "HINT101 /nodes/0/effectHints/2"),
                draft.findings());
        List<Diagnostic> found = Checker.check(draft.flow(), HintTable.FULL);
        assertEquals("did you mean 'resource::kv::read'?", found.get(0).suggestion());
        assertTrue(Checker.isValid(found));
        assertEquals(
                List.of(),
                Checker.check(
                        draft.flow(),
                        HintTable.FULL
                                .withBindable("resource::kv::raed")
                                .withBindable("resource::dedupe::store")));
    }

    @Test
    void join101_join102_warnOfJoinsThatDoNotMatchTheirEdges() {
        assertEquals(
                List.of(
                        "JOIN101 /nodes/2/join/1",
                        "JOIN101 /nodes/2/join/2",
                        "JOIN101 /nodes/2/join/3",
                        "JOIN102 /edges/1"),
                Draft.of("a", "b")
                        .joining("j", "a", "x", "a", "c")
                        .node("c", NodeKind.INLINE, Effects.PURE, List.of())
                        .edges("a>j", "b>j", "b>j")
                        .findings());
        assertEquals(
                List.of(),
                Draft.of("a", "b").joining("j", "a", "b").edges("a>j", "b>j").findings());
        assertEquals(
                List.of(), Draft.of("a").joining("j", "a", "a").edges("a>j", "a>j").findings());
    }

    @Test
    void warningsAreBoundedErrorsAreNot() {
        Draft draft = new Draft().trigger("t");
        for (int i = 0; i < 2_000; i++) {
            draft.node("n" + i, NodeKind.INLINE, Effects.PURE, List.of());
            draft.edges("x>n" + i);
        }
        assertEquals(2_000, draft.errors().size());
        assertEquals(3_000, draft.findings().size());
    }

    @Test
    void messagesCutLongNamesAndShowNoControlCharacters() {
        String alias = "\u0000\n" + "x".repeat(1_000);
        String message =
                Checker.check(Draft.of("a").edges("a>" + alias).flow(), HintTable.FULL)
                        .get(0)
                        .message();
        assertTrue(message.length() < 300, message);
        assertTrue(message.chars().noneMatch(Character::isISOControl), message);
    }
}
