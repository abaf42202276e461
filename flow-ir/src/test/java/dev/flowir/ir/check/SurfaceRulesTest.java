package dev.flowir.ir.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.flowir.ir.SurfaceKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each step of each kind of surface, and what still follows it. */
class SurfaceRulesTest {

    private static Draft graph() {
        return Draft.of("a", "b", "c").edges("a>b", "a>c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | CTRL120",
                "{} | CTRL120",
                "{'v':1} | CTRL120",
                "{'v':1.0,'source':'x'} | CTRL120",
                "{'v':true} | CTRL120",
                "{'v':1,'source':5} | CTRL120",
                "{'v':1,'source':'x'} | CTRL120",
                "{'v':1,'source':'a'} | CTRL120",
                "{'v':1,'source':'a','selector_pointer':null} | CTRL120",
                "{'v':1,'source':'a','selector_pointer':'x'} | CTRL120 CTRL120",
                "{'v':1,'source':'a','selector_pointer':'','then':'b'} | CTRL120",
                "{'v':1,'source':'a','selector_pointer':'','then':'b','else':'c'} | ``",
                "{'v':1,'source':'a','selector_pointer':'','then':'x','else':'y'} | CTRL120 CTRL120",
                "{'v':1,'source':'b','selector_pointer':'','then':'a','else':'c'} | CTRL121 CTRL121",
                "{'v':1,'source':'a','selector_pointer':'x','then':'x','else':'c'} | CTRL120 CTRL120",
                "{'v':1,'source':'a','selector_pointer':'','then':'b','else':'b','x':[]} | ``"
            })
    void ifSurfaces(String config, String codes) {
        assertEquals(codes(codes), graph().surface(SurfaceKind.IF, config, "a", "b", "c").errors());
    }

    @Test
    void ctrl120_targetsMissEachOnce() {
        String config = "{'v':1,'source':'a','selector_pointer':'','then':'b','else':'b'}";
        assertEquals(
                List.of("CTRL120", "CTRL120", "CTRL120"),
                graph().surface(SurfaceKind.IF, config).errors());
    }

    @Test
    void ctrl122_countsSurfacesThatGotAsFarAsTheirSource() {
        String source = "{'v':1,'source':'a'}";
        assertEquals(
                List.of("CTRL120", "CTRL122", "CTRL120", "CTRL122", "CTRL120"),
                graph().surface(SurfaceKind.IF, source)
                        .surface(SurfaceKind.IF, source)
                        .surface(SurfaceKind.IF, source)
                        .errors());
        assertEquals(
                List.of("CTRL120", "CTRL120"),
                graph().surface(SurfaceKind.IF, "{'v':2,'source':'a'}")
                        .surface(SurfaceKind.IF, source)
                        .errors());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null | CTRL110",
                "{'v':1,'source':'a','selector_pointer':''} | CTRL110",
                "{'v':1,'source':'a','selector_pointer':'','cases':[]} | CTRL110",
                "{'v':1,'source':'a','selector_pointer':'','cases':{}} | CTRL110",
                "{'v':1,'source':'a','selector_pointer':'','cases':{},'default':'b'} | CTRL110",
                "{'v':1,'source':'a','selector_pointer':'','cases':{},'default':'x'} | CTRL110 CTRL110",
                "{'v':1,'source':'a','selector_pointer':'','cases':{'1':5,'2':null}} | CTRL110 CTRL110",
                "{'v':1,'source':'a','selector_pointer':'','cases':{'1':'b'},'default':5} | CTRL110",
                "{'v':1,'source':'a','selector_pointer':'','cases':{'1':'b'},'default':null} | CTRL110",
                "{'v':1,'source':'a','selector_pointer':'x','cases':{'1':'b'}} | CTRL110",
                "{'v':1,'source':'b','selector_pointer':'','cases':{'1':'a'},'default':'c'} | CTRL111 CTRL111",
                "{'v':1,'source':'a','selector_pointer':'','cases':{'':'b','x':'b'}} | ``"
            })
    void switchSurfaces(String config, String codes) {
        assertEquals(
                codes(codes), graph().surface(SurfaceKind.SWITCH, config, "a", "b", "c").errors());
    }

    @Test
    void ctrl110_casesAreWalkedSortedByCodePointThenTheDefault() {
        String config =
                "{'v':1,'source':'a','selector_pointer':'','default':'x',"
                        + "'cases':{'\uD83D\uDE00':'y','\uFF01':'z','B':5,'a':'c','A':'b'}}";
        assertEquals(
                List.of(
                        "CTRL110 /control_surfaces/0/config/cases/B",
                        "CTRL110 /control_surfaces/0/targets",
                        "CTRL110 /control_surfaces/0/config/cases/\uFF01",
                        "CTRL110 /control_surfaces/0/config/cases/\uD83D\uDE00",
                        "CTRL110 /control_surfaces/0/config/default",
                        "CTRL110 /control_surfaces/0/targets"),
                graph().surface(SurfaceKind.SWITCH, config, "c").findings());
    }

    @Test
    void ctrl110_pointersEscapeKeys() {
        String config = "{'v':1,'source':'a','selector_pointer':'','cases':{'x/~y':5}}";
        assertEquals(
                List.of("CTRL110 /control_surfaces/0/config/cases/x~1~0y"),
                graph().surface(SurfaceKind.SWITCH, config, "a").findings());
    }

    @Test
    void ctrl112_countsSwitchesApartFromIfs() {
        String none = "{'v':1,'source':'a'}";
        assertEquals(
                List.of("CTRL120", "CTRL110", "CTRL112", "CTRL110"),
                graph().surface(SurfaceKind.SWITCH, none)
                        .surface(SurfaceKind.IF, none)
                        .surface(SurfaceKind.SWITCH, none)
                        .errors());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "FOR_EACH | 5 | CTRL130",
                "FOR_EACH | {'v':2} | CTRL130",
                "FOR_EACH | {'v':1,'source':'x','items_pointer':'y'} | CTRL130",
                "FOR_EACH | {'v':1,'source':'x','items_pointer':'y','body_entry':'z'} | CTRL131 CTRL131 CTRL130",
                "FOR_EACH | {'v':1,'source':'a','items_pointer':'y','body_entry':'a'} | CTRL130 CTRL132",
                "FOR_EACH | {'v':1,'source':'a','items_pointer':'','body_entry':'b'} | ``",
                "PARTITION | {'v':1,'edge':'a','key':'k'} | CTRL130",
                "PARTITION | {'v':1,'edge':{'to':'b'},'key':'k'} | CTRL130",
                "PARTITION | {'v':1,'edge':{'from':'a'},'key':'k'} | CTRL130",
                "PARTITION | {'v':1,'edge':{'from':'a','to':'b'},'key':5} | CTRL130",
                "PARTITION | {'v':1,'edge':{'from':'x','to':'y'},'key':''} | CTRL130 CTRL131 CTRL131",
                "PARTITION | {'v':1,'edge':{'from':'b','to':'a'},'key':'k'} | CTRL132",
                "RATE_LIMIT | {'v':1} | CTRL130",
                "RATE_LIMIT | {'v':1,'target':'a'} | CTRL130 CTRL130",
                "RATE_LIMIT | {'v':1,'target':'a','qps':1e0,'burst':'1'} | CTRL130 CTRL130",
                "RATE_LIMIT | {'v':1,'target':'a','qps':18446744073709551615,'burst':1} | ``",
                "RATE_LIMIT | {'v':1,'target':'a','qps':18446744073709551616,'burst':-0} | CTRL130 CTRL130",
                "ERROR_HANDLER | {'v':1,'scope':[],'strategy':'retry'} | CTRL130",
                "ERROR_HANDLER | {'v':1,'scope':{'nodes':'a'},'strategy':'retry'} | CTRL130",
                "ERROR_HANDLER | {'v':1,'scope':{'nodes':[5,'x','a']}} | CTRL130 CTRL131 CTRL130",
                "ERROR_HANDLER | {'v':1,'scope':{'nodes':[]},'strategy':'fail'} | ``",
                "ERROR_HANDLER | {'v':1,'scope':{'nodes':[]},'strategy':'Retry','max_retries':null,'backoff_ms':1.0} | CTRL130 CTRL130 CTRL130",
                "ERROR_HANDLER | {'v':1,'scope':{'nodes':['a']},'strategy':'continue','max_retries':0,'backoff_ms':0} | ``",
                "WINDOW | {'v':1,'event_time_pointer':5} | CTRL130",
                "WINDOW | {'v':1,'event_time_pointer':'x'} | CTRL130 CTRL130 CTRL130 CTRL130",
                "WINDOW | {'v':1,'event_time_pointer':'','size_ms':0,'allowed_lateness_ms':-1,'watermark':''} | CTRL130 CTRL130 CTRL130",
                "WINDOW | {'v':1,'event_time_pointer':'','size_ms':1,'allowed_lateness_ms':0,'watermark':'w'} | ``"
            })
    void reservedSurfaces(SurfaceKind kind, String config, String codes) {
        assertEquals(codes(codes), graph().surface(kind, config).errors());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "LOOP | null | CTRL140",
                "LOOP | {'v':1,'source':'a','body_entry':'x'} | CTRL140",
                "LOOP | {'v':1,'source':'a','body_entry':'b','selector_pointer':'/done','max_iterations':0} | CTRL140",
                "LOOP | {'v':1,'source':'a','body_entry':'b','selector_pointer':'/done','max_iterations':1} | ``",
                "LOOP | {'v':1,'source':'a','body_entry':'b','selector_pointer':'/done','max_iterations':9,'on_limit':'leave'} | ``",
                "LOOP | {'v':1,'source':'a','body_entry':'b','selector_pointer':'/done','max_iterations':9,'on_limit':'stay'} | CTRL140",
                "LOOP | {'v':1,'source':'b','body_entry':'a','selector_pointer':'/done','max_iterations':9} | CTRL140",
                "LOOP | {'v':1,'source':'a','body_entry':'b','body_exit':'b','selector_pointer':'/done','max_iterations':9} | ``",
                "LOOP | {'v':1,'source':'a','body_entry':'b','body_exit':'x','selector_pointer':'/done','max_iterations':9} | CTRL140",
                "LOOP | {'v':1,'source':'a','body_entry':'b','body_exit':'c','selector_pointer':'/done','max_iterations':9} | CTRL140",
                "PARTITION | {'v':1,'edge':{'from':'a','to':'b'},'key':'k'} | ``",
                "PARTITION | {'v':1,'edge':{'from':'a','to':'b'},'key':'k','max_waiting_per_key':1} | CTRL146",
                "PARTITION | {'v':1,'edge':{'from':'a','to':'b'},'key':'k','key_pointer':'k'} | CTRL146",
                "PARTITION | {'v':1,'edge':{'from':'a','to':'b'},'key':'k','key_pointer':5} | CTRL146",
                "PARTITION | {'v':1,'edge':{'from':'a','to':'b'},'key':'k','key_pointer':''} | ``",
                "PARTITION | {'v':1,'edge':{'from':'a','to':'b'},'key':'k','key_pointer':'/k','max_waiting_per_key':0} | CTRL146",
                "PARTITION | {'v':1,'edge':{'from':'a','to':'b'},'key':'k','key_pointer':'/k','max_waiting_per_key':'1'} | CTRL146",
                "PARTITION | {'v':1,'edge':{'from':'a','to':'b'},'key':'k','key_pointer':'/k','max_waiting_per_key':1} | ``",
                "TIMEOUT | {'v':99} | CTRL141",
                "TIMEOUT | {'v':1,'target':'a','timeout_ms':'5'} | CTRL141",
                "TIMEOUT | {'v':1,'target':'a','timeout_ms':5} | CTRL141",
                "TIMEOUT | {'v':1,'target':'b','timeout_ms':0} | CTRL141",
                "TIMEOUT | {'v':1,'target':'b','timeout_ms':1} | ``",
                "TIMEOUT | {'v':1,'target':'b','timeout_ms':1,'policy':'cancel'} | ``",
                "TIMEOUT | {'v':1,'target':'b','timeout_ms':1,'policy':'retry','max_retries':0} | ``",
                "TIMEOUT | {'v':1,'target':'b','timeout_ms':1,'policy':'panic'} | CTRL141",
                "TIMEOUT | {'v':1,'target':'b','timeout_ms':1,'policy':7} | CTRL141",
                "TIMEOUT | {'v':1,'target':'b','timeout_ms':1,'policy':'dead_letter'} | CTRL143",
                "TIMEOUT | {'v':1,'target':'b','timeout_ms':1,'policy':'dead_letter','dead_letter':'x'} | CTRL143",
                "TIMEOUT | {'v':1,'target':'b','timeout_ms':1,'policy':'dead_letter','dead_letter':'c'} | CTRL143",
                "TIMEOUT | {'v':1,'target':'b','timeout_ms':1,'policy':'cancel','dead_letter':'c'} | CTRL143 CTRL143",
                "TIMEOUT | {'v':1,'target':'b','timeout_ms':1,'dead_letter':'c'} | CTRL143 CTRL143",
                "WINDOW | {'v':1,'event_time_pointer':'/t','size_ms':5,'allowed_lateness_ms':0,'watermark':'w'} | CTRL160",
                "WINDOW | {'v':1,'event_time_pointer':'/t','size_ms':5,'allowed_lateness_ms':0,'watermark':'bounded'} | CTRL160",
                "WINDOW | {'v':1,'event_time_pointer':'/t','size_ms':5,'allowed_lateness_ms':0,'watermark':'bounded','target':'x'} | CTRL160",
                "WINDOW | {'v':1,'event_time_pointer':'/t','size_ms':5,'allowed_lateness_ms':0,'watermark':'bounded','target':'a'} | CTRL160",
                "WINDOW | {'v':1,'event_time_pointer':'/t','size_ms':5,'allowed_lateness_ms':0,'watermark':'w','target':'b'} | CTRL160",
                "WINDOW | {'v':1,'event_time_pointer':'/t','size_ms':5,'allowed_lateness_ms':0,'watermark':'bounded','target':'b'} | ``",
                "WINDOW | {'v':1,'event_time_pointer':'/t','size_ms':5,'allowed_lateness_ms':7,'watermark':'bounded','target':'b','out_of_order_ms':3,'key_pointer':'/k','max_keys':1,'max_open':1,'max_items':1} | ``",
                "WINDOW | {'v':1,'event_time_pointer':'/t','size_ms':5,'allowed_lateness_ms':0,'watermark':'bounded','target':'b','shape':'session','time':'processing'} | ``",
                "WINDOW | {'v':1,'event_time_pointer':'/t','size_ms':5,'allowed_lateness_ms':1,'watermark':'bounded','target':'b','time':'processing'} | CTRL160",
                "WINDOW | {'v':1,'event_time_pointer':'/t','size_ms':5,'allowed_lateness_ms':0,'watermark':'bounded','target':'b','time':'later'} | CTRL160",
                "WINDOW | {'v':1,'event_time_pointer':'/t','size_ms':5,'allowed_lateness_ms':0,'watermark':'bounded','target':'b','shape':'round'} | CTRL160",
                "WINDOW | {'v':1,'event_time_pointer':'/t','size_ms':5,'allowed_lateness_ms':0,'watermark':'bounded','target':'b','shape':'sliding'} | CTRL160",
                "WINDOW | {'v':1,'event_time_pointer':'/t','size_ms':5,'allowed_lateness_ms':0,'watermark':'bounded','target':'b','shape':'sliding','every_ms':2} | ``",
                "WINDOW | {'v':1,'event_time_pointer':'/t','size_ms':5,'allowed_lateness_ms':0,'watermark':'bounded','target':'b','out_of_order_ms':-1} | CTRL160",
                "WINDOW | {'v':1,'event_time_pointer':'/t','size_ms':5,'allowed_lateness_ms':0,'watermark':'bounded','target':'b','late':'a'} | CTRL160",
                "WINDOW | {'v':1,'event_time_pointer':'/t','size_ms':5,'allowed_lateness_ms':0,'watermark':'bounded','target':'b','max_keys':0} | CTRL160",
                "WINDOW | {'v':1,'event_time_pointer':'/t','size_ms':5,'allowed_lateness_ms':0,'watermark':'bounded','target':'b','max_open':0} | CTRL160",
                "WINDOW | {'v':1,'event_time_pointer':'/t','size_ms':5,'allowed_lateness_ms':0,'watermark':'bounded','target':'b','max_items':'9'} | CTRL160",
                "WINDOW | {'v':1,'event_time_pointer':'/t','size_ms':5,'allowed_lateness_ms':0,'watermark':'bounded','target':'b','items_pointer':'/list'} | ``",
                "WINDOW | {'v':1,'event_time_pointer':'/t','size_ms':5,'allowed_lateness_ms':0,'watermark':'bounded','target':'b','items_pointer':'list'} | CTRL160",
                "WINDOW | {'v':1,'event_time_pointer':'/t','size_ms':5,'allowed_lateness_ms':0,'watermark':'bounded','target':'b','items_pointer':'','time':'ingest'} | CTRL160",
                "ERROR_HANDLER | {'v':1,'scope':{'nodes':['a']},'strategy':'continue','dead_letter':'b'} | ``",
                "ERROR_HANDLER | {'v':1,'scope':{'nodes':['a']},'strategy':'retry','dead_letter':'b'} | ``",
                "ERROR_HANDLER | {'v':1,'scope':{'nodes':['a']},'strategy':'fail','dead_letter':'b'} | CTRL143",
                "ERROR_HANDLER | {'v':1,'scope':{'nodes':['a']},'strategy':'retry','dead_letter':'x'} | CTRL143",
                "ERROR_HANDLER | {'v':1,'scope':{'nodes':['b','a']},'strategy':'retry','dead_letter':'c'} | CTRL143",
                "ERROR_HANDLER | {'v':1,'scope':{'nodes':['c']},'strategy':'fail','compensate':'x'} | CTRL142",
                "ERROR_HANDLER | {'v':1,'scope':{'nodes':['c']},'strategy':'fail','compensate':5} | CTRL142",
                "ERROR_HANDLER | {'v':1,'scope':{'nodes':['c']},'strategy':'fail','compensate':'b'} | CTRL142 CTRL142 CTRL142",
                "ERROR_HANDLER | {'v':1,'scope':{'nodes':['c']},'strategy':'continue','max_retries':2} | RETRY011",
                "ERROR_HANDLER | {'v':1,'scope':{'nodes':['c']},'strategy':'fail','max_retries':0} | ``",
                "ERROR_HANDLER | {'v':1,'scope':{'nodes':['c']},'strategy':'retry','max_retries':2} | ``",
                "ERROR_HANDLER | {'v':1,'scope':{'nodes':['a','c','a']},'strategy':'retry'} | RETRY010",
                "FOR_EACH | {'v':1,'source':'a','items_pointer':'/~','body_entry':'b'} | CTRL151",
                "FOR_EACH | {'v':1,'source':'a','items_pointer':'/~0~1','body_entry':'b'} | ``"
            })
    void warnings(SurfaceKind kind, String config, String codes) {
        Draft draft = graph().surface(kind, config);
        assertEquals(List.of(), draft.errors());
        assertEquals(
                codes(codes),
                draft.findings().stream().map(one -> one.substring(0, one.indexOf(' '))).toList());
    }

    @Test
    void retry010_warnsOfTwoHandlersOfOneNode() {
        String retries = "{'v':1,'scope':{'nodes':['b','c']},'strategy':'retry'}";
        String goesOn = "{'v':1,'scope':{'nodes':['c']},'strategy':'continue'}";
        assertEquals(
                List.of("RETRY010 /control_surfaces/1/config/scope"),
                graph().surface(SurfaceKind.ERROR_HANDLER, retries)
                        .surface(SurfaceKind.ERROR_HANDLER, goesOn)
                        .findings());
    }

    @Test
    void ctrl150_warnsOfTwoKindsOfRoutingOnOneSource() {
        assertEquals(
                List.of("CTRL150 /control_surfaces/1/config/source"),
                graph().surface(
                                SurfaceKind.SWITCH,
                                "{'v':1,'source':'a','selector_pointer':'/x','cases':{'1':'b'}}",
                                "a",
                                "b")
                        .surface(
                                SurfaceKind.IF,
                                "{'v':1,'source':'a','selector_pointer':'/x','then':'b','else':'c'}",
                                "a",
                                "b",
                                "c")
                        .findings());
    }

    private static List<String> codes(String text) {
        return text == null || text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
}
