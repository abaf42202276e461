package dev.flowir.ir.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.JsonValue;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6901: what is a pointer, and what it finds. */
class JsonPointerTest {

    private static final JsonValue DOCUMENT =
            new JsonValue.Obj(
                    Map.of(
                            "list",
                            new JsonValue.Arr(List.of(JsonValue.number(7), JsonValue.number(8))),
                            "a/b",
                            JsonValue.text("slash"),
                            "a~b",
                            JsonValue.text("tilde"),
                            "",
                            JsonValue.text("no name"),
                            "nothing",
                            JsonValue.nil()));

    private static Optional<Object> find(String pointer, Object in) {
        return JsonPointer.parse(pointer).orElseThrow().resolve(in);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", " /a", "#/a", "0"})
    void aTextThatDoesNotStartWithASlashIsNone(String text) {
        assertTrue(JsonPointer.parse(text).isEmpty());
    }

    @Test
    void theEmptyPointerIsTheWhole() {
        assertEquals(Optional.of(DOCUMENT), find("", DOCUMENT));
    }

    @Test
    void membersAndItemsAreFound() {
        assertEquals(Optional.of(JsonValue.number(8)), find("/list/1", DOCUMENT));
        assertEquals(Optional.of(JsonValue.text("no name")), find("/", DOCUMENT));
        assertEquals(Optional.of(JsonValue.nil()), find("/nothing", DOCUMENT));
    }

    @Test
    void escapesStandForSlashAndTilde() {
        assertEquals(Optional.of(JsonValue.text("slash")), find("/a~1b", DOCUMENT));
        assertEquals(Optional.of(JsonValue.text("tilde")), find("/a~0b", DOCUMENT));
        assertEquals(Optional.empty(), find("/a~01b", DOCUMENT)); // ~01 is the text ~1
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/x",
                "/list/2",
                "/list/-",
                "/list/00",
                "/list/01",
                "/list/+1",
                "/list/-1",
                "/list/1x",
                "/list/",
                "/list/4294967297",
                "/list/99999999999999999999",
                "/list/0/x"
            })
    void whatIsNotThereIsNotFound(String pointer) {
        assertEquals(Optional.empty(), find(pointer, DOCUMENT));
    }

    @Test
    void mapsAndListsOfJavaAreWalkedToo() {
        Map<String, Object> root = new HashMap<>();
        root.put("list", Arrays.asList("a", null));
        root.put("none", null);
        assertEquals(Optional.of("a"), find("/list/0", root));
        assertEquals(Optional.empty(), find("/list/1", root));
        assertEquals(Optional.empty(), find("/none", root));
        assertEquals(Optional.empty(), find("/list/0/x", root));
    }

    @Test
    void itsTextIsKept() {
        assertEquals("/a~1b", JsonPointer.parse("/a~1b").orElseThrow().toString());
    }
}
