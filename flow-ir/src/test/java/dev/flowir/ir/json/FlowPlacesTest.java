package dev.flowir.ir.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.flowir.ir.HintTable;
import dev.flowir.ir.check.Diagnostic;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlowPlacesTest {

    private static final String TEXT =
            """
            {
              "id": "f", "name": "f", "version": "1.0.0", "profile": "dev",
              "a/b": {"~": [10, {"x": 1}]},
              "nodes": [
                {"id": "1", "alias": "first", "identifier": "i", "name": "n", "kind": "inline",
                 "in_schema": {"kind": "opaque"}, "out_schema": {"kind": "opaque"},
                 "effects": "pure", "determinism": "strict",
                 "effectHints": ["x", "resource::http::write"],
                 "effect_hints": []}
              ],\r
              "edges": [{"from": "frist", "to":
                   "first", "delivery": "at_least_once", "ordering": "ordered", "buffer": {}}]
            }
            """;

    @Test
    void findsValuesByPointer() {
        Map<String, ?> found =
                new FlowPlaces(TEXT, "t.json")
                        .locate(
                                List.of(
                                        "",
                                        "/id",
                                        "/a~1b/~0/1/x",
                                        "/nodes/0/effectHints/1",
                                        "/edges/0/to"));
        assertEquals("t.json:1:1", found.get("").toString());
        assertEquals("t.json:2:9", found.get("/id").toString());
        assertEquals("t.json:3:27", found.get("/a~1b/~0/1/x").toString());
        assertEquals("t.json:8:27", found.get("/nodes/0/effectHints/1").toString());
        assertEquals("t.json:12:8", found.get("/edges/0/to").toString());
    }

    @Test
    void givesTheElementAroundWhatIsNotWrittenOut() {
        Map<String, ?> found =
                new FlowPlaces(TEXT, "").locate(List.of("/edges/0/buffer/max_items", "/nodes/7"));
        assertEquals("12:79", found.get("/edges/0/buffer/max_items").toString());
        assertEquals("4:12", found.get("/nodes/7").toString());
    }

    @Test
    void findingsAreInOrderWithPositionsAndNearAliases() {
        FlowReading.Read read =
                assertInstanceOf(FlowReading.Read.class, FlowJson.read(TEXT, "t.json"));
        List<Diagnostic> found = read.document().check(HintTable.FULL);
        assertEquals(
                List.of(
                        "DAG202 t.json:11:22 did you mean 'first'?",
                        "EFFECT201 t.json:8:27 declare effects effectful, or drop the hint when"
                                + " the node does not use it",
                        "JSON101 t.json:9:22 did you mean 'effectHints'?"),
                found.stream()
                        .map(one ->
                                one.code().id()
                                        + " "
                                        + one.location().position().orElseThrow()
                                        + " "
                                        + one.suggestion())
                        .toList());
    }
}
