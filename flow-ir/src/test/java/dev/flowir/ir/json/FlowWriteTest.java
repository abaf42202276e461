package dev.flowir.ir.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Policies;
import dev.flowir.ir.Profile;
import dev.flowir.ir.SurfaceKind;
import dev.flowir.ir.json.ConformanceCases.Case;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FlowWriteTest {

    static List<Case> readable() {
        return FlowSchemaTest.readable();
    }

    @Test
    void writesDefaultsButNoAbsentScalars() {
        assertEquals(
                "{\"id\":\"f\",\"name\":\"f\",\"version\":\"1.0.0\",\"profile\":\"dev\","
                        + "\"nodes\":[{\"id\":\"x\",\"alias\":\"a\",\"identifier\":\"x\",\"name\":\"x\","
                        + "\"kind\":\"inline\",\"in_schema\":{\"kind\":\"opaque\"},"
                        + "\"out_schema\":{\"kind\":\"opaque\"},\"effects\":\"pure\","
                        + "\"determinism\":\"strict\",\"idempotency\":{},"
                        + "\"determinismHints\":[],\"effectHints\":[]}],"
                        + "\"edges\":[],\"control_surfaces\":[],\"checkpoints\":[],"
                        + "\"policies\":{\"lint\":{\"require_control_hints\":false}},"
                        + "\"metadata\":{\"tags\":[]},\"artifacts\":[]}",
                FlowJson.write(read(FlowTexts.node("\"summary\":null"))));
    }

    @Test
    void writesEdgesWithAnEmptyBufferAndUnsignedNumbers() {
        String text =
                FlowJson.write(read(FlowTexts.edge("{}", "\"timeout_ms\":18446744073709551615")));
        assertEquals(
                "\"edges\":[{\"from\":\"a\",\"to\":\"a\",\"delivery\":\"at_least_once\","
                        + "\"ordering\":\"ordered\",\"timeout_ms\":18446744073709551615,"
                        + "\"buffer\":{}}]",
                text.substring(text.indexOf("\"edges\""), text.indexOf(",\"control_surfaces\"")));
    }

    @Test
    void sortsConfigByCodePointAtEveryLevelAndLeavesOutNull() {
        String text =
                FlowJson.write(
                        read(
                                FlowTexts.config(
                                        "{\"b\":{\"z\":1.0,\"a\":null},\"\uD83D\uDE00\":1,\"\uFF01\":2}")));
        assertEquals(
                "\"config\":{\"b\":{\"a\":null,\"z\":1.0},\"\uFF01\":2,\"\uD83D\uDE00\":1}}]",
                text.substring(text.indexOf("\"config\""), text.indexOf(",\"checkpoints\"")));
        assertEquals(-1, FlowJson.write(read(FlowTexts.config("null"))).indexOf("config"));
    }

    @Test
    void escapesAsTheReferenceDoes() {
        String text =
                FlowJson.write(
                        read(FlowTexts.flow("\"summary\":\"\\u001F\\u000b\\n\\/\\u00e9\\u007f\"")));
        assertEquals(
                "\"summary\":\"\\u001f\\u000b\\n/\u00e9\u007f\"",
                text.substring(text.indexOf("\"summary\""), text.indexOf(",\"nodes\"")));
    }

    @Test
    void sortedFormIsIndentedWithAllKeysSorted() {
        assertEquals(
                """
                {
                  "artifacts": [],
                  "checkpoints": [],
                  "control_surfaces": [],
                  "edges": [],
                  "id": "f",
                  "metadata": {
                    "tags": [
                      "a",
                      "b"
                    ]
                  },
                  "name": "f",
                  "nodes": [],
                  "policies": {
                    "lint": {
                      "require_control_hints": false
                    }
                  },
                  "profile": "dev",
                  "version": "1.0.0"
                }\
                """,
                FlowJson.writeSorted(
                        read(FlowTexts.flow("\"metadata\":{\"tags\":[\"a\",\"b\"]}"))));
    }

    @Test
    void joinIsWrittenWhenThereIsOne() {
        FlowDefinition flow = read(FlowTexts.node("\"join\":[\"x\",\"y\"]"));
        assertEquals(flow, read(FlowJson.write(flow)));
    }

    @ParameterizedTest
    @MethodSource("readable")
    void writingAndReadingGivesTheSameFlow(Case one) {
        FlowDefinition flow = read(one.text());
        assertEquals(flow, read(FlowJson.write(flow)));
        assertEquals(flow, read(FlowJson.writeSorted(flow)));
    }

    @ParameterizedTest
    @MethodSource("readable")
    void sortedFormHasSortedKeysOnly(Case one) {
        requireSorted(new JsonMapper().readTree(FlowJson.writeSorted(read(one.text()))));
    }

    private static void requireSorted(JsonNode node) {
        List<String> keys = new ArrayList<>(node.propertyNames());
        List<String> sorted = new ArrayList<>(keys);
        Collections.sort(sorted);
        assertEquals(sorted, keys);
        node.forEach(FlowWriteTest::requireSorted);
    }

    @Test
    void refusesToWriteANumberThatIsNone() {
        FlowDefinition flow =
                new FlowDefinition(
                        "f",
                        "f",
                        "1.0.0",
                        Profile.DEV,
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(
                                new ControlSurface(
                                        "s",
                                        SurfaceKind.LOOP,
                                        List.of(),
                                        new JsonValue.Num("1,\"x\":2"))),
                        List.of(),
                        Policies.defaults(),
                        List.of(),
                        List.of());
        assertThrows(IllegalArgumentException.class, () -> FlowJson.write(flow));
    }

    private static FlowDefinition read(String text) {
        return assertInstanceOf(FlowReading.Read.class, FlowJson.read(text, "")).document().flow();
    }
}
