package dev.flowir.ir.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.json.FlowJson;
import dev.flowir.ir.json.FlowReading;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be lowered is refused with a reason, the first one in the order of set-up. */
class LoweringTest {

    static final String NODES =
            node("t", "") + "," + node("a", "") + "," + node("b", "") + "," + node("c", "");
    static final String DIAMOND = edge("t", "a") + "," + edge("t", "b");

    static String node(String alias, String more) {
        return "{'id':'i','alias':'%s','identifier':'h::%s','name':'%s','kind':'inline',"
                        .formatted(alias, alias, alias)
                + "'in_schema':{'kind':'opaque'},'out_schema':{'kind':'opaque'},"
                + "'effects':'pure','determinism':'strict'%s}".formatted(more);
    }

    static String edge(String from, String to) {
        return edge(from, to, "{}", "");
    }

    static String edge(String from, String to, String buffer, String more) {
        return "{'from':'%s','to':'%s','delivery':'at_least_once','ordering':'ordered','buffer':%s%s}"
                .formatted(from, to, buffer, more);
    }

    static String surface(String kind, String config) {
        return "{'id':'s','kind':'%s','targets':[],'config':%s}".formatted(kind, config);
    }

    static FlowDefinition flow(String nodes, String edges, String surfaces) {
        String text =
                "{'id':'f','name':'f','version':'1.0.0','profile':'dev','nodes':["
                        + nodes
                        + "],'edges':["
                        + edges
                        + "],'control_surfaces':["
                        + surfaces
                        + "]}";
        return assertInstanceOf(FlowReading.Read.class, FlowJson.read(text.replace('\'', '"'), ""))
                .document()
                .flow();
    }

    static Lowered lower(FlowDefinition flow, Surroundings around) {
        return Lowering.lower(flow, "t", "c", around);
    }

    static Refusal refusal(String nodes, String edges, String surfaces) {
        return assertInstanceOf(
                        Lowered.Refused.class,
                        lower(flow(nodes, edges, surfaces), Surroundings.plain()))
                .refusal();
    }

    private static Refusal.InvalidGraph graph(String nodes, String edges) {
        return assertInstanceOf(Refusal.InvalidGraph.class, refusal(nodes, edges, ""));
    }

    @Test
    void twoNodesOfOneName() {
        assertEquals(
                new Refusal.InvalidGraph("DAG205", "two nodes are called 'a'"),
                graph(NODES + "," + node("a", ""), ""));
    }

    @ParameterizedTest
    @CsvSource({"x,a", "a,x"})
    void anEdgeWithoutANode(String from, String to) {
        assertEquals(
                new Refusal.InvalidGraph("DAG202", "edge " + from + " -> " + to + ": no node 'x'"),
                graph(NODES, edge(from, to)));
    }

    @Test
    void aCycle() {
        Refusal.InvalidGraph cycle =
                graph(NODES, edge("t", "a") + "," + edge("a", "b") + "," + edge("b", "a"));
        assertEquals("DAG200", cycle.code());
        assertEquals("the edges form a cycle through or before 'a'", cycle.reason());
    }

    @Test
    void aJoinWithoutAnEdge() {
        String nodes = node("t", "") + "," + node("c", ",'join':['t','a']") + "," + node("a", "");
        assertEquals(
                new Refusal.InvalidGraph("JOIN101", "'c' joins 'a', which has no edge to it"),
                graph(nodes, edge("t", "c")));
    }

    @Test
    void anEdgeThatAJoinDoesNotName() {
        String nodes = node("t", "") + "," + node("c", ",'join':['t']") + "," + node("a", "");
        assertEquals(
                new Refusal.InvalidGraph(
                        "JOIN102", "'c' joins, but does not name 'a', which has an edge to it"),
                graph(nodes, edge("t", "c") + "," + edge("a", "c")));
    }

    @ParameterizedTest
    @CsvSource({"window"})
    void aSurfaceThatDoesNotRun(String kind) {
        assertEquals(
                new Refusal.UnsupportedSurface("s", kind),
                refusal(NODES, DIAMOND, surface(kind, "{'v':1}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "switch | [] | config must be an object",
                "switch | {} | config.v must be 1",
                "switch | {'v':1} | config.source must be a text",
                "switch | {'v':1,'source':'x'} | 'x' is no node",
                "switch | {'v':1,'source':'t'} | config.selector_pointer must be a text",
                "switch | {'v':1,'source':'t','selector_pointer':'k'} | config.selector_pointer must be empty or start with '/', got 'k'",
                "switch | {'v':1,'source':'t','selector_pointer':'/k'} | config.cases must be an object",
                "switch | {'v':1,'source':'t','selector_pointer':'/k','cases':{'x':1}} | case 'x' must name a node",
                "switch | {'v':1,'source':'t','selector_pointer':'/k','cases':{'x':'c'}} | there is no edge from 't' to 'c'",
                "switch | {'v':1,'source':'t','selector_pointer':'/k','cases':{},'default':'c'} | there is no edge from 't' to 'c'",
                "if | {'v':1,'source':'t','selector_pointer':'/k','then':'a'} | config.else must be a text",
                "for_each | {'v':1,'source':'t','items_pointer':'/l','body_entry':'c'} | there is no edge from 't' to 'c'",
                "for_each | {'v':1,'source':'t','items_pointer':'/l','body_entry':'a','max_in_flight':0} | config.max_in_flight must be 1 to 4096, got 0",
                "for_each | {'v':1,'source':'t','items_pointer':'/l','body_entry':'a','max_in_flight':4097} | config.max_in_flight must be 1 to 4096, got 4097",
                "for_each | {'v':1,'source':'t','items_pointer':'/l','body_entry':'a','max_in_flight':-1} | config.max_in_flight must be an unsigned integer, got -1",
                "error_handler | {'v':1} | config.scope must be an object",
                "error_handler | {'v':1,'scope':{},'strategy':'panic'} | config.strategy must be retry, fail or continue",
                "error_handler | {'v':1,'scope':{},'strategy':'fail'} | config.scope.nodes must be an array",
                "error_handler | {'v':1,'scope':{'nodes':[1]},'strategy':'fail'} | config.scope.nodes must hold texts",
                "error_handler | {'v':1,'scope':{'nodes':['x']},'strategy':'fail'} | 'x' is no node",
                "error_handler | {'v':1,'scope':{'nodes':['a']},'strategy':'fail','compensate':'x'} | 'x' is no node",
                "error_handler | {'v':1,'scope':{'nodes':['a']},'strategy':'fail','compensate':'b'} | 'a' changes nothing: it is neither undone nor undoes anything",
                "error_handler | {'v':1,'scope':{'nodes':['a','a']},'strategy':'fail'} | 'a' already has an error handler",
                "error_handler | {'v':1,'scope':{'nodes':['t']},'strategy':'fail','dead_letter':'a'} | with strategy fail nothing goes to 'a'",
                "error_handler | {'v':1,'scope':{'nodes':['t']},'strategy':'retry','dead_letter':'x'} | 'x' is no node",
                "error_handler | {'v':1,'scope':{'nodes':['a']},'strategy':'retry','dead_letter':'b'} | there is no edge from 'a' to 'b'",
                "loop | {'v':1} | config.source must be a text",
                "loop | {'v':1,'source':'t','body_entry':'c'} | there is no edge from 't' to 'c'",
                "loop | {'v':1,'source':'t','body_entry':'a'} | config.selector_pointer must be a text",
                "loop | {'v':1,'source':'t','body_entry':'a','selector_pointer':'/d'} | config.max_iterations must be an integer above zero",
                "loop | {'v':1,'source':'t','body_entry':'a','selector_pointer':'/d','max_iterations':1,'on_limit':'stay'} | config.on_limit must be fail or leave",
                "loop | {'v':1,'source':'t','body_entry':'a','selector_pointer':'/d','max_iterations':1,'body_exit':'x'} | 'x' is no node",
                "loop | {'v':1,'source':'t','body_entry':'a','selector_pointer':'/d','max_iterations':1,'body_exit':'c'} | from 'a' there is not just one edge, towards 'c'",
                "window | {'v':1,'target':'x'} | 'x' is no node",
                "window | {'v':1,'target':'a','watermark':'w'} | config.watermark must be bounded",
                "window | {'v':1,'target':'a','watermark':'bounded','event_time_pointer':'','size_ms':5,'allowed_lateness_ms':0,'time':'later'} | config.time must be event, ingest or processing",
                "window | {'v':1,'target':'a','watermark':'bounded','event_time_pointer':'','size_ms':5,'allowed_lateness_ms':0,'time':'processing','out_of_order_ms':1} | by processing time nothing is late: leave out_of_order_ms out and set allowed_lateness_ms to 0",
                "window | {'v':1,'target':'a','watermark':'bounded','event_time_pointer':'','size_ms':5,'allowed_lateness_ms':0,'late':'x'} | 'x' is no node",
                "window | {'v':1,'target':'a','watermark':'bounded','event_time_pointer':'','size_ms':5,'allowed_lateness_ms':0,'late':'b'} | there is no edge from 'a' to 'b'",
                "window | {'v':1,'target':'a','watermark':'bounded','event_time_pointer':'','size_ms':5,'allowed_lateness_ms':0,'shape':'round'} | config.shape must be tumbling, sliding or session",
                "window | {'v':1,'target':'a','watermark':'bounded','event_time_pointer':'','size_ms':5,'allowed_lateness_ms':0,'shape':'sliding','every_ms':6} | a window of 5 ms begins every 1 to 5 ms, got 6",
                "window | {'v':1,'target':'a','watermark':'bounded','event_time_pointer':'','size_ms':5,'allowed_lateness_ms':0,'max_keys':0} | config.max_keys must be an integer above zero",
                "window | {'v':1,'target':'a','watermark':'bounded','event_time_pointer':'','size_ms':5,'allowed_lateness_ms':0,'out_of_order_ms':9007199254740992} | config.out_of_order_ms must be at most 9007199254740991",
                "window | {'v':1,'target':'a','watermark':'bounded','event_time_pointer':'','size_ms':0,'allowed_lateness_ms':0} | a window takes 1 to 9007199254740991 ms, got 0",
                "window | {'v':1,'target':'t','watermark':'bounded','event_time_pointer':'','size_ms':5,'allowed_lateness_ms':0} | 't' takes the input of the flow; put a node between",
                "window | {'v':1,'target':'a','watermark':'bounded','event_time_pointer':'','size_ms':5,'allowed_lateness_ms':0,'items_pointer':'','time':'ingest'} | the items of a list come at once: go by event time, and send none on as late",
                "partition | {'v':1,'key_pointer':'/k'} | config.edge must be an object",
                "partition | {'v':1,'key_pointer':'/k','edge':{'from':'t'}} | config.edge.to must be a text",
                "partition | {'v':1,'key_pointer':'/k','edge':{'from':'t','to':'x'}} | 'x' is no node",
                "partition | {'v':1,'key_pointer':'/k','edge':{'from':'t','to':'c'}} | there is no edge from 't' to 'c'",
                "partition | {'v':1,'key_pointer':'k','edge':{'from':'t','to':'a'}} | config.key_pointer must be empty or start with '/', got 'k'",
                "partition | {'v':1,'key_pointer':'/k','edge':{'from':'t','to':'a'},'max_waiting_per_key':0} | config.max_waiting_per_key must be an integer above zero",
                "timeout | {'v':1} | config.target must be a text",
                "timeout | {'v':1,'target':'x'} | 'x' is no node",
                "timeout | {'v':1,'target':'a'} | config.timeout_ms must be an integer above zero",
                "timeout | {'v':1,'target':'a','timeout_ms':0} | config.timeout_ms must be an integer above zero",
                "timeout | {'v':1,'target':'t','timeout_ms':1} | no edge leads to 't'; bound the run by a deadline",
                "timeout | {'v':1,'target':'a','timeout_ms':1,'policy':'panic'} | config.policy must be cancel, retry or dead_letter",
                "timeout | {'v':1,'target':'a','timeout_ms':1,'policy':'dead_letter'} | config.dead_letter must be a text",
                "timeout | {'v':1,'target':'a','timeout_ms':1,'policy':'dead_letter','dead_letter':'b'} | there is no edge from 'a' to 'b'",
                "timeout | {'v':1,'target':'a','timeout_ms':1,'policy':'cancel','dead_letter':'b'} | with policy cancel nothing goes on",
                "timeout | {'v':1,'target':'a','timeout_ms':1,'dead_letter':'b'} | config.dead_letter needs a policy of retry or dead_letter"
            })
    void aSurfaceThatContradictsTheFlow(String kind, String config, String reason) {
        assertEquals(
                new Refusal.InvalidSurface("s", kind, reason),
                refusal(NODES, DIAMOND, surface(kind, config)));
    }

    @Test
    void windowsThatLeadToARaceWouldLoseAllButOne() {
        String window =
                surface(
                        "window",
                        "{'v':1,'target':'a','watermark':'bounded','event_time_pointer':'','size_ms':5,'allowed_lateness_ms':0}");
        String race = ",'join':['a','b'],'fan_in':{'kind':'race'}";
        String nodes = node("t", "") + "," + node("a", "") + "," + node("b", "");
        String edges = DIAMOND + "," + edge("a", "c") + "," + edge("b", "c");
        assertEquals(
                new Refusal.InvalidSurface("s", "window", "'a' leads to the race 'c'"),
                refusal(nodes + "," + node("c", race), edges, window));
    }

    @Test
    void aNodeThatIsRoutedTwice() {
        String routes =
                surface("switch", "{'v':1,'source':'t','selector_pointer':'/k','cases':{'x':'a'}}")
                        + ","
                        + surface(
                                "if",
                                "{'v':1,'source':'t','selector_pointer':'/k','then':'a','else':'b'}");
        Refusal.InvalidSurface twice =
                assertInstanceOf(Refusal.InvalidSurface.class, refusal(NODES, DIAMOND, routes));
        assertEquals("if", twice.kind());
        assertTrue(twice.reason().contains("already routed by surface 's'"), twice::reason);
    }

    @Test
    void aBodyOfTwoLists() {
        String each =
                surface("for_each", "{'v':1,'source':'t','items_pointer':'','body_entry':'a'}");
        assertEquals(
                new Refusal.InvalidSurface(
                        "s", "for_each", "'a' is already the body of a for_each"),
                refusal(NODES, DIAMOND, each + "," + each));
    }

    @Test
    void aJoinCannotRunPerItem() {
        String nodes = node("t", "") + "," + node("c", ",'join':['t']");
        assertEquals(
                new Refusal.InvalidSurface("s", "for_each", "'c' joins; it cannot run per item"),
                refusal(
                        nodes,
                        edge("t", "c"),
                        surface(
                                "for_each",
                                "{'v':1,'source':'t','items_pointer':'','body_entry':'c'}")));
    }

    @Test
    void aNodeWithoutAHandler() {
        Surroundings plain = Surroundings.plain();
        Surroundings without =
                new Surroundings(
                        node ->
                                node.alias().equals("b")
                                        ? Surroundings.Handler.MISSING
                                        : Surroundings.Handler.SINGLE,
                        plain.selectors(),
                        plain.spills(),
                        plain.edgeCapacity(),
                        plain.spillCapacity(),
                        plain.fuse());
        assertEquals(
                new Lowered.Refused(new Refusal.UnregisteredNode("b", "h::b")),
                lower(flow(NODES, DIAMOND, ""), without));
    }

    @Test
    void anEdgeThatSpillsNowhere() {
        FlowDefinition flow = flow(NODES, edge("t", "c", "{'spill_tier':'local'}", ""), "");
        assertEquals(
                new Lowered.Refused(new Refusal.UnsupportedSpill("t", "c", "local")),
                lower(flow, Surroundings.plain()));
        assertInstanceOf(Lowered.Ready.class, lower(flow, Surroundings.plain().spilling()));
    }

    @Test
    void anUnknownCapture() {
        assertEquals(
                new Lowered.Refused(new Refusal.UnknownCapture("x")),
                Lowering.lower(flow(NODES, DIAMOND, ""), "t", "x", Surroundings.plain()));
    }

    @ParameterizedTest
    @CsvSource({"x", "a"})
    void anUnknownTriggerOrOneBehindAnEdge(String trigger) {
        assertEquals(
                new Lowered.Refused(new Refusal.UnknownTrigger(trigger)),
                Lowering.lower(flow(NODES, DIAMOND, ""), trigger, "c", Surroundings.plain()));
    }

    @Test
    void theFirstReasonInTheOrderOfSetUpIsTheAnswer() {
        FlowDefinition flow =
                flow(NODES, edge("t", "c", "{'spill_tier':'x'}", ""), surface("window", "{'v':1}"));
        assertInstanceOf(
                Refusal.UnsupportedSurface.class,
                assertInstanceOf(
                                Lowered.Refused.class,
                                Lowering.lower(flow, "x", "x", Surroundings.plain()))
                        .refusal());
    }

    @Test
    void chainsOfInlineNodesAreOneSegment() {
        FlowDefinition flow =
                flow(NODES, edge("t", "a") + "," + edge("a", "b") + "," + edge("b", "c"), "");
        Plan plan = assertInstanceOf(Lowered.Ready.class, lower(flow, Surroundings.plain())).plan();
        for (int n = 0; n < 4; n++) {
            assertEquals(0, plan.head(n));
        }
        assertEquals(List.of(1, 2, 3, -1), nexts(plan));
        assertEquals(3, plan.tail(0));
        Plan apart =
                assertInstanceOf(Lowered.Ready.class, lower(flow, Surroundings.plain().unfused()))
                        .plan();
        assertEquals(List.of(-1, -1, -1, -1), nexts(apart));
    }

    @Test
    void aTimeLimitTakesANodeOffTheCallersThread() {
        String limited = edge("a", "b", "{}", ",'timeout_ms':5");
        FlowDefinition flow =
                flow(NODES, edge("t", "a") + "," + limited + "," + edge("b", "c"), "");
        Plan plan = assertInstanceOf(Lowered.Ready.class, lower(flow, Surroundings.plain())).plan();
        assertTrue(plan.node(1).inline());
        assertFalse(plan.node(2).inline());
        assertFalse(plan.inline());
        assertEquals(5, plan.edge(1).timeoutMillis());
        assertEquals(List.of(1, -1, -1, -1), nexts(plan));
    }

    private static final String LINE = edge("t", "a") + "," + edge("a", "b") + "," + edge("b", "c");

    private static String loop(String source, String entry, String exit) {
        return surface(
                "loop",
                "{'v':1,'source':'%s','body_entry':'%s','body_exit':'%s','selector_pointer':'/d','max_iterations':1}"
                        .formatted(source, entry, exit));
    }

    @Test
    void aLoopIsASegmentOfItsOwn() {
        Plan plan =
                assertInstanceOf(
                                Lowered.Ready.class,
                                lower(flow(NODES, LINE, loop("t", "a", "b")), Surroundings.plain()))
                        .plan();
        assertEquals(List.of(-1, 2, -1, -1), nexts(plan));
        assertEquals(1, plan.loopCount());
        assertEquals(1, plan.loop(0).entry());
        assertEquals(2, plan.loop(0).exit());
        assertEquals(Loop.AtLimit.FAIL, plan.loop(0).atLimit());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "for_each | {'v':1,'source':'t','items_pointer':'','body_entry':'a'} | 'a' runs per item of a list; put a node between it and the end of the loop",
                "switch | {'v':1,'source':'a','selector_pointer':'','cases':{'x':'b'}} | 'a' branches; only the end of a loop does",
                "loop | {'v':1,'source':'a','body_entry':'b','selector_pointer':'','max_iterations':1} | 'b' is in another loop already"
            })
    void aLoopThatContradictsAnotherSurface(String kind, String config, String reason) {
        String surfaces = loop("t", "a", "b") + "," + surface(kind, config);
        assertEquals(
                new Refusal.InvalidSurface("s", "loop", reason), refusal(NODES, LINE, surfaces));
    }

    @Test
    void aLoopWithAnOutputInside() {
        Lowered lowered =
                Lowering.lower(
                        flow(NODES, LINE, loop("t", "a", "b")), "t", "a", Surroundings.plain());
        assertEquals(
                new Lowered.Refused(
                        new Refusal.InvalidSurface(
                                "s",
                                "loop",
                                "'a' gives the output of the flow from within the loop")),
                lowered);
    }

    @Test
    void aLoopThatIsEnteredFromElsewhere() {
        assertEquals(
                new Refusal.InvalidSurface(
                        "s", "loop", "'b' is in the loop and entered from elsewhere"),
                refusal(
                        NODES,
                        edge("t", "a") + "," + edge("a", "b") + "," + edge("t", "b"),
                        loop("t", "a", "b")));
    }

    @Test
    void theShorterOfTwoLimitsHolds() {
        String edges =
                edge("t", "a", "{}", ",'timeout_ms':5")
                        + ","
                        + edge("t", "b")
                        + ","
                        + edge("b", "c");
        String timeouts =
                surface("timeout", "{'v':1,'target':'a','timeout_ms':9}")
                        + ","
                        + surface("timeout", "{'v':1,'target':'b','timeout_ms':1}");
        Lowered lowered = lower(flow(NODES, edges, timeouts), Surroundings.plain());
        Plan plan = assertInstanceOf(Lowered.Ready.class, lowered).plan();
        assertEquals(5, plan.edge(0).timeoutMillis());
        assertEquals(1, plan.edge(1).timeoutMillis());
        assertEquals(0, plan.edge(2).timeoutMillis());
        assertEquals(ErrorPolicy.FAIL, plan.node(1).onTimeout());
        assertFalse(plan.node(2).inline());
    }

    @Test
    void aWayOutIsTheLastAndNothingElseTakesIt() {
        String letters = "{'v':1,'scope':{'nodes':['t']},'strategy':'continue','dead_letter':'a'}";
        FlowDefinition flow = flow(NODES, DIAMOND, surface("error_handler", letters));
        Plan plan = assertInstanceOf(Lowered.Ready.class, lower(flow, Surroundings.plain())).plan();
        assertEquals(1, plan.node(0).onError().letters());
        assertEquals(1, plan.node(0).onTimeout().letters());
        assertTrue(plan.edge(0).gated());
        assertEquals(List.of(1, 0), List.of(plan.out(0, 0), plan.out(0, 1)));
        assertEquals(List.of(-1, -1, -1, -1), nexts(plan));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "for_each | {'v':1,'source':'t','items_pointer':'','body_entry':'a'} | 'a' runs per item of a list, whose items have no way out of their own",
                "switch | {'v':1,'source':'a','selector_pointer':'','cases':{'x':'b'}} | 'a' routes to 'b' what it worked on",
                "switch | {'v':1,'source':'a','selector_pointer':'','cases':{},'default':'b'} | 'a' routes to 'b' what it worked on",
                "timeout | {'v':1,'target':'a','timeout_ms':1} | 'a' already has a timeout"
            })
    void aWayOutThatContradictsAnotherSurface(String kind, String config, String reason) {
        String late = "{'v':1,'target':'a','timeout_ms':1,'policy':'retry','dead_letter':'b'}";
        String surfaces = surface("timeout", late) + "," + surface(kind, config);
        String edges = edge("t", "a") + "," + edge("a", "b");
        assertEquals(
                new Refusal.InvalidSurface("s", "timeout", reason),
                refusal(NODES, edges, surfaces));
    }

    @Test
    void twoWaysOutToOneNode() {
        String letters = "{'v':1,'scope':{'nodes':['t']},'strategy':'retry','dead_letter':'a'}";
        assertEquals(
                new Refusal.InvalidSurface(
                        "s", "error_handler", "there is more than one edge to 'a'"),
                refusal(
                        NODES,
                        edge("t", "a") + "," + edge("t", "a"),
                        surface("error_handler", letters)));
    }

    @Test
    void boundsOfEdgesAreWhatTheDocumentSaysOrTheDefault() {
        FlowDefinition flow =
                flow(
                        NODES,
                        edge("t", "a", "{'max_items':3,'on_drop':'drop_oldest'}", "")
                                + ","
                                + edge("t", "b", "{'on_drop':'whatever'}", ""),
                        "");
        Plan plan = assertInstanceOf(Lowered.Ready.class, lower(flow, Surroundings.plain())).plan();
        assertEquals(3, plan.edge(0).capacity());
        assertEquals(Drop.OLDEST, plan.edge(0).drop());
        assertEquals(Surroundings.DEFAULT_EDGE_CAPACITY, plan.edge(1).capacity());
        assertEquals(Drop.NEVER, plan.edge(1).drop());
        assertEquals(Optional.empty(), plan.edge(1).spill());
        assertFalse(plan.leadsToCapture(0));
    }

    private static List<Integer> nexts(Plan plan) {
        return List.of(plan.next(0), plan.next(1), plan.next(2), plan.next(3));
    }
}
