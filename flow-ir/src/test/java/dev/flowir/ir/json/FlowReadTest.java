package dev.flowir.ir.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.check.Diagnostic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the format takes and refuses beyond the shared conformance documents. */
class FlowReadTest {

    private static final String DEEP_OPEN = "[".repeat(124);
    private static final String DEEP_CLOSE = "]".repeat(124);

    static List<String> taken() {
        return List.of(
                FlowTexts.flow(""),
                " \t\r\n" + FlowTexts.flow("") + " \t\r\n",
                // null where a field is nullable
                FlowTexts.flow("\"summary\":null"),
                FlowTexts.node("\"summary\":null"),
                FlowTexts.node("\"idempotency\":{\"key\":null,\"scope\":null,\"ttlMs\":null}"),
                FlowTexts.edge("{}", "\"partition_key\":null,\"timeout_ms\":null"),
                FlowTexts.edge(
                        "{\"max_items\":null,\"spill_threshold_bytes\":null,"
                                + "\"spill_tier\":null,\"on_drop\":null}",
                        ""),
                FlowTexts.flow("\"policies\":{\"lint\":{\"allow_multiple_triggers\":null}}"),
                FlowTexts.flow("\"checkpoints\":[{\"id\":\"c\",\"summary\":null}]"),
                FlowTexts.flow("\"artifacts\":[{\"kind\":\"k\",\"path\":\"p\",\"format\":null}]"),
                FlowTexts.config("null"),
                // empty objects whose fields are all defaulted
                FlowTexts.flow("\"policies\":{}"),
                FlowTexts.flow("\"policies\":{\"lint\":{}}"),
                FlowTexts.flow("\"metadata\":{}"),
                // unsigned integers at their ends
                FlowTexts.edge("{\"max_items\":4294967295}", "\"timeout_ms\":0"),
                FlowTexts.edge("{\"spill_threshold_bytes\":18446744073709551615}", ""),
                // unknown fields, whatever they hold and however often
                FlowTexts.flow("\"x\":1,\"x\":{\"y\":1,\"y\":2},\"x\":[1e999,-0,\"\\ud800\"]"),
                FlowTexts.flow("\"x\":" + "[".repeat(5_000) + "]".repeat(5_000)),
                FlowTexts.flow("\"x\":" + "9".repeat(3_000)),
                FlowTexts.node("\"ttl_ms\":\"no number\",\"effect_hints\":5"),
                FlowTexts.edge("{\"extra\":[]}", "\"extra\":{}"),
                // keys and words may be escaped
                "{\"\\u0069d\":\"f\",\"name\":\"f\",\"version\":\"1.0\\u002e0\",\"profile\":\"d\\u0065v\"}",
                // free-form config
                FlowTexts.config("{\"a\":1,\"a\":{\"b\":1,\"b\":2}}"),
                FlowTexts.config("[1.0,1e308,-1.5E-400,123456789012345678901234567890,\"\",true]"),
                FlowTexts.config(DEEP_OPEN + DEEP_CLOSE),
                FlowTexts.config("\"\\ud83d\\ude00 \\u0000 \\/\""),
                // a schema reference ignores what is not of its kind
                FlowTexts.inSchema(
                        "{\"kind\":\"opaque\",\"name\":5,\"name\":null,\"x\":1,\"x\":2}"),
                FlowTexts.inSchema("{\"name\":\"N\",\"x\":[1],\"kind\":\"named\"}"),
                FlowTexts.inSchema("{\"kind\":\"named\",\"name\":\"\"}"),
                // text is any text
                FlowTexts.flow("\"summary\":\"\\u0000\\u007f \\ud83d\\ude00 \u2028\""),
                // join means nothing to the reference
                FlowTexts.node("\"join\":null"),
                FlowTexts.node("\"join\":[\"a\",5,{\"x\":1}]"),
                FlowTexts.node("\"join\":[\"a\"],\"join\":{\"a\":[1]}"),
                // nor does since
                FlowTexts.node("\"since\":null"),
                FlowTexts.node("\"since\":{\"v\":[1]}"),
                FlowTexts.node("\"since\":\"last year\""));
    }

    @ParameterizedTest
    @MethodSource("taken")
    void takes(String text) {
        assertInstanceOf(FlowReading.Read.class, FlowJson.read(text, ""), () -> error(text));
    }

    private static String error(String text) {
        return FlowJson.read(text, "").toString();
    }

    static List<Arguments> refused() {
        return List.of(
                refused("JSON001", ""),
                refused("JSON001", "  \n"),
                refused("JSON004", "[]"),
                refused("JSON004", "\"flow\""),
                refused("JSON004", "1"),
                refused("JSON001", FlowTexts.flow("") + FlowTexts.flow("")),
                refused("JSON001", FlowTexts.flow("") + ","),
                refused("JSON001", FlowTexts.flow("") + "\u0000"),
                refused("JSON001", "//x\n" + FlowTexts.flow("")),
                refused("JSON001", "\u00a0" + FlowTexts.flow("")),
                refused("JSON002", "\uFEFF" + FlowTexts.flow("")),
                refused("JSON001", FlowTexts.flow("\"x\":01")),
                refused("JSON001", FlowTexts.flow("\"x\":+1")),
                refused("JSON001", FlowTexts.flow("\"x\":.5")),
                refused("JSON001", FlowTexts.flow("\"x\":1.")),
                refused("JSON001", FlowTexts.flow("\"x\":0x1")),
                refused("JSON001", FlowTexts.flow("\"x\":Infinity")),
                refused("JSON001", FlowTexts.flow("\"x\":'y'")),
                refused("JSON001", FlowTexts.flow("\"x\":\"\\x\"")),
                refused("JSON001", FlowTexts.flow("\"x\":\"\\u12g4\"")),
                refused("JSON001", FlowTexts.flow("\"x\":\"\u001f\"")),
                refused("JSON001", FlowTexts.flow("\"x\":[1,]")),
                refused("JSON001", FlowTexts.flow("x:1")),
                refused("JSON001", FlowTexts.flow("\"x\":True")),
                refused("JSON001", FlowTexts.flow("").substring(0, 30)),
                // null where a field is required or only defaulted
                refused("JSON004", FlowTexts.flow("").replace("\"dev\"", "null")),
                refused("JSON004", FlowTexts.flow("").replace("\"1.0.0\"", "null")),
                refused("JSON004", FlowTexts.flow("\"edges\":null")),
                refused("JSON004", FlowTexts.flow("\"control_surfaces\":null")),
                refused("JSON004", FlowTexts.flow("\"checkpoints\":null")),
                refused("JSON004", FlowTexts.flow("\"metadata\":null")),
                refused("JSON004", FlowTexts.flow("\"artifacts\":null")),
                refused("JSON004", FlowTexts.flow("\"metadata\":{\"tags\":null}")),
                refused("JSON004", FlowTexts.flow("\"policies\":{\"lint\":null}")),
                refused(
                        "JSON004",
                        FlowTexts.flow("\"policies\":{\"lint\":{\"require_control_hints\":null}}")),
                refused("JSON004", FlowTexts.node("\"idempotency\":null")),
                refused("JSON004", FlowTexts.node("\"effectHints\":null")),
                refused("JSON004", FlowTexts.node("\"determinismHints\":[null]")),
                refused("JSON004", FlowTexts.edge("null", "")),
                // number forms
                refused("JSON006", FlowTexts.edge("{}", "\"timeout_ms\":1.0")),
                refused("JSON006", FlowTexts.edge("{}", "\"timeout_ms\":1e0")),
                refused("JSON006", FlowTexts.edge("{}", "\"timeout_ms\":-0")),
                refused("JSON006", FlowTexts.edge("{}", "\"timeout_ms\":-1")),
                refused("JSON006", FlowTexts.edge("{}", "\"timeout_ms\":18446744073709551616")),
                refused("JSON006", FlowTexts.edge("{}", "\"timeout_ms\":" + "9".repeat(3_000))),
                refused("JSON004", FlowTexts.edge("{}", "\"timeout_ms\":\"1\"")),
                refused("JSON004", FlowTexts.edge("{}", "\"timeout_ms\":true")),
                refused("JSON006", FlowTexts.edge("{\"max_items\":4294967296}", "")),
                refused("JSON006", FlowTexts.config("1e999")),
                refused("JSON006", FlowTexts.config("[" + "9".repeat(400) + "]")),
                // words
                refused("JSON005", FlowTexts.flow("").replace("\"dev\"", "\"Dev\"")),
                refused("JSON005", FlowTexts.flow("").replace("\"dev\"", "\"\"")),
                refused("JSON004", FlowTexts.flow("").replace("\"dev\"", "{\"dev\":null}")),
                refused("JSON005", FlowTexts.node("").replace("\"pure\"", "\"readOnly\"")),
                // duplicates of known fields at every level
                refused("JSON007", FlowTexts.flow("\"summary\":null,\"summary\":\"x\"")),
                refused("JSON007", FlowTexts.flow("\"\\u0069d\":\"x\"")),
                refused("JSON007", FlowTexts.node("\"effectHints\":[],\"effectHints\":[]")),
                refused("JSON007", FlowTexts.node("\"idempotency\":{\"key\":\"a\",\"key\":\"a\"}")),
                refused("JSON007", FlowTexts.edge("{\"max_items\":1,\"max_items\":1}", "")),
                refused("JSON007", FlowTexts.flow("\"policies\":{\"lint\":{},\"lint\":{}}")),
                refused("JSON007", FlowTexts.flow("\"metadata\":{\"tags\":[],\"tags\":[]}")),
                refused("JSON007", FlowTexts.inSchema("{\"kind\":\"opaque\",\"kind\":\"opaque\"}")),
                refused(
                        "JSON007",
                        FlowTexts.inSchema("{\"kind\":\"named\",\"name\":\"a\",\"name\":\"a\"}")),
                // schema references
                refused("JSON003", FlowTexts.inSchema("{}")),
                refused("JSON003", FlowTexts.inSchema("{\"kind\":\"named\"}")),
                refused("JSON004", FlowTexts.inSchema("{\"kind\":\"named\",\"name\":null}")),
                refused("JSON004", FlowTexts.inSchema("{\"kind\":\"named\",\"name\":1}")),
                refused("JSON004", FlowTexts.inSchema("{\"kind\":null}")),
                refused("JSON004", FlowTexts.inSchema("null")),
                refused("JSON005", FlowTexts.inSchema("{\"kind\":\"Opaque\"}")),
                refused("JSON006", FlowTexts.inSchema("{\"kind\":\"opaque\",\"x\":1e999}")),
                refused("JSON008", FlowTexts.flow("").replace("1.0.0", "1.0.0 ")),
                // limits and broken text
                refused("JSON009", FlowTexts.config("[" + DEEP_OPEN + DEEP_CLOSE + "]")),
                refused("JSON009", FlowTexts.flow("\"x\":" + "[".repeat(200_000))),
                refused("JSON001", FlowTexts.flow("\"x\":" + "[".repeat(50_000))),
                refused("JSON002", FlowTexts.flow("\"summary\":\"\\ud800\"")),
                refused("JSON002", FlowTexts.flow("\"summary\":\"\\ude00\\ud83d\"")),
                refused("JSON002", FlowTexts.flow("\"\\ud800\":1")),
                refused("JSON002", FlowTexts.config("{\"a\\udfff\":1}")));
    }

    private static Arguments refused(String code, String text) {
        return Arguments.of(code, text);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refuses(String code, String text) {
        Diagnostic error =
                assertInstanceOf(FlowReading.Refused.class, FlowJson.read(text, "")).error();
        assertEquals(code, error.code().id(), error::message);
        assertTrue(error.location().position().isPresent());
        assertTrue(error.message().length() < 400, error::message);
        assertTrue(
                error.message().indexOf('`') < 0, "the parser's own affairs: " + error.message());
        assertEquals(count(error.message(), '('), count(error.message(), ')'), error::message);
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    @Test
    void refusesBytesThatAreNoUtf8WhereTheyStand() {
        byte[] bytes = "{\n \"id\": \"x?y\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        bytes[11] = (byte) 0xC3;
        Diagnostic error =
                assertInstanceOf(FlowReading.Refused.class, FlowJson.read(bytes)).error();
        assertEquals("JSON002", error.code().id());
        assertEquals("2:10", error.location().position().orElseThrow().toString(), error::toString);
    }

    @Test
    void refusesMoreThanItsLimitOfBytes() {
        byte[] bytes = new byte[16 * 1024 * 1024 + 1];
        Diagnostic error =
                assertInstanceOf(FlowReading.Refused.class, FlowJson.read(bytes)).error();
        assertEquals("JSON009", error.code().id());
    }

    @Test
    void absentFieldsHaveTheirDefaults() {
        FlowDefinition flow = read(FlowTexts.node(""));
        assertEquals(List.of(), flow.edges());
        assertEquals(List.of(), flow.controlSurfaces());
        assertEquals(List.of(), flow.tags());
        assertEquals(List.of(), flow.nodes().get(0).effectHints());
        assertEquals(List.of(), flow.nodes().get(0).join());
        assertTrue(flow.nodes().get(0).idempotency().key().isEmpty());
    }

    @Test
    void unsignedNumbersKeepAllTheirBits() {
        FlowDefinition flow = read(FlowTexts.edge("{}", "\"timeout_ms\":18446744073709551615"));
        assertEquals(OptionalLong.of(-1L), flow.edges().get(0).timeoutMillis());
    }

    @Test
    void lastOfEqualKeysWinsInConfig() {
        FlowDefinition flow = read(FlowTexts.config("{\"a\":1,\"b\":1.50,\"a\":2}"));
        assertEquals(
                new JsonValue.Obj(
                        Map.of("a", new JsonValue.Num("2"), "b", new JsonValue.Num("1.50"))),
                flow.controlSurfaces().get(0).config());
    }

    @Test
    void joinIsReadWhenItIsAListOfTexts() {
        assertEquals(
                List.of("x", "y"),
                read(FlowTexts.node("\"join\":[\"x\",\"y\"]")).nodes().get(0).join());
    }

    @Test
    void aMalformedJoinIsIgnoredWithANote() {
        FlowReading.Read read =
                assertInstanceOf(
                        FlowReading.Read.class,
                        FlowJson.read(FlowTexts.node("\"join\":[\"x\",[\"y\"]]"), ""));
        assertEquals(List.of(), read.document().flow().nodes().get(0).join());
        Diagnostic note = read.document().notes().get(0);
        assertEquals("JSON102", note.code().id());
        assertEquals("/nodes/0/join", note.location().pointer());
    }

    @Test
    void sinceIsReadWhenItIsAVersion() {
        assertEquals(
                Optional.of("2.1.0"),
                read(FlowTexts.node("\"since\":\"2.1.0\"")).nodes().get(0).since());
        FlowReading.Read odd =
                assertInstanceOf(
                        FlowReading.Read.class,
                        FlowJson.read(FlowTexts.node("\"since\":\"2\""), ""));
        assertEquals(Optional.empty(), odd.document().flow().nodes().get(0).since());
        assertEquals("JSON103", odd.document().notes().get(0).code().id());
    }

    static List<Arguments> misspelt() {
        return List.of(
                Arguments.of("/nodes/0/effect_hints", FlowTexts.node("\"effect_hints\":[]")),
                Arguments.of(
                        "/nodes/0/determinism_hints",
                        FlowTexts.node("\"determinismHints\":[],\"determinism_hints\":[]")),
                Arguments.of(
                        "/nodes/0/idempotency/ttl_ms",
                        FlowTexts.node("\"idempotency\":{\"ttl_ms\":1}")),
                Arguments.of("/edges/0/timeoutMs", FlowTexts.edge("{}", "\"timeoutMs\":1")),
                Arguments.of("/controlSurfaces", FlowTexts.flow("\"controlSurfaces\":[]")),
                Arguments.of("/edge", FlowTexts.flow("\"edge\":[]")));
    }

    @ParameterizedTest
    @MethodSource("misspelt")
    void notesFieldsThatLookLikeKnownOnes(String pointer, String text) {
        FlowReading.Read read = assertInstanceOf(FlowReading.Read.class, FlowJson.read(text, ""));
        assertEquals(1, read.document().notes().size());
        Diagnostic note = read.document().notes().get(0);
        assertEquals("JSON101", note.code().id());
        assertEquals(pointer, note.location().pointer());
    }

    @Test
    void doesNotNoteFieldsOfItsOwnKind() {
        FlowReading.Read read =
                assertInstanceOf(
                        FlowReading.Read.class,
                        FlowJson.read(FlowTexts.flow("\"owner\":1,\"edge\":1,\"edges\":[]"), ""));
        assertEquals(List.of(), read.document().notes());
    }

    private static FlowDefinition read(String text) {
        return assertInstanceOf(FlowReading.Read.class, FlowJson.read(text, "")).document().flow();
    }
}
