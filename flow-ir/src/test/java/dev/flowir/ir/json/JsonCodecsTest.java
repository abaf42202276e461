package dev.flowir.ir.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonCodecsTest {

    enum Colour {
        RED,
        DARK_BLUE {
            @Override
            public String toString() {
                return "dark blue";
            }
        }
    }

    record Line(String sku, int quantity) {
        Line {
            if (quantity < 1) {
                throw new IllegalArgumentException("quantity must be at least 1");
            }
        }
    }

    record Order(
            String id,
            List<Line> lines,
            Optional<String> note,
            @Nullable String gift,
            Colour colour) {}

    sealed interface Risk permits Low, Graded {}

    record Low(String why) implements Risk {}

    sealed interface Graded extends Risk {}

    record High(int grade) implements Graded {}

    record Unknown() implements Graded {}

    record Report(Risk risk, List<Risk> others) {}

    sealed interface Twins {
        record A() {
            record Same() implements Twins {}
        }

        record B() {
            record Same() implements Twins {}
        }
    }

    record Free(JsonValue any, List<JsonValue> items, Map<String, Integer> counts) {}

    record Times(Instant at, Duration lasting, BigDecimal amount, Colour colour) {}

    record Loop(List<Object> inside) {}

    private final JsonCodecs codecs = JsonCodecs.strict();

    private static <T> String text(Codec<T> codec, T value) throws CodecException {
        return new String(codec.encode(value), UTF_8);
    }

    private static CodecException refused(Codec<?> codec, String json) {
        return assertThrows(CodecException.class, () -> codec.decode(json.getBytes(UTF_8)));
    }

    @Test
    void recordsKeepTheOrderOfTheirComponents() throws CodecException {
        Codec<Order> codec = codecs.of(Type.of(Order.class));
        Order order =
                new Order(
                        "o1", List.of(new Line("a", 1)), Optional.of("n"), "bow", Colour.DARK_BLUE);
        String json =
                "{\"id\":\"o1\",\"lines\":[{\"sku\":\"a\",\"quantity\":1}],\"note\":\"n\","
                        + "\"gift\":\"bow\",\"colour\":\"DARK_BLUE\"}";

        assertEquals(json, text(codec, order));
        assertEquals(order, codec.decode(json.getBytes(UTF_8)));
        assertEquals("json", codec.id());
        assertSame(codec, codecs.of(Type.of(Order.class)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"note\":null,\"gift\":null"})
    void onlyOptionalAndNullableComponentsMayBeAbsentOrNull(String more) throws CodecException {
        Codec<Order> codec = codecs.of(Type.of(Order.class));
        Order order =
                codec.decode(
                        ("{\"id\":\"o\",\"lines\":[],\"colour\":\"RED\"" + more + "}")
                                .getBytes(UTF_8));

        assertEquals(Optional.empty(), order.note());
        assertNull(order.gift());
        assertEquals("{\"id\":\"o\",\"lines\":[],\"colour\":\"RED\"}", text(codec, order));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '!',
            value = {
                // json | code | pointer | line | column | message contains | suggestion contains
                "{'id':'o','colour':'RED'}|DATA204|/lines|1|1|'lines' is missing|add 'lines'",
                "{'id':null,'lines':[],'colour':'RED'}|DATA204|/id|1|7|null|value",
                "{'id':'o','lines':[null],'colour':'RED'}|DATA204|/lines/0|1|20|null|value",
                "{'id':7,'lines':[],'colour':'RED'}|DATA202|/id|1|7|expected text, found a number|",
                "{'id':'o','lines':[{'sku':'a','quantity':'1'}]}|DATA202|/lines/0/quantity|1|42|integer|",
                "{'id':'o','lines':[{'sku':'a','quantity':1.5}]}|DATA202|/lines/0/quantity|1|42|integer|",
                "{'id':'o','lines':[{'sku':'a','quantity':9999999999}]}|DATA202|/lines/0/quantity|1|42|out of its range|",
                "{'id':'o','lines':[{'sku':'a'}]}|DATA204|/lines/0/quantity|1|20|'quantity' is missing|integer",
                "{'id':'o','lines':[{'sku':'a','quantity':0}]}|DATA207|/lines/0|1|20|quantity must be at least 1|",
                "{'id':'o','lines':{},'colour':'RED'}|DATA202|/lines|1|19|expected an array, found an object|",
                "{'id':'o','lines':[],'colour':'RED','gifts':1}|DATA203|/gifts|1|45|no member 'gifts'|did you mean 'gift'",
                "{'id':'o','lines':[],'colour':'RED','zzzzzz':1}|DATA203|/zzzzzz|1|46|no member|known members: id, lines",
                "{'id':'o','line':[],'colour':'RED'}|DATA204|/lines|1|1|'lines' is missing|is 'line' meant to be 'lines'",
                "{'id':'o','lines':[],'colour':'GREEN'}|DATA202|/colour|1|31|text|RED, DARK_BLUE",
                "{'id':'o','lines':[],'colour':0}|DATA202|/colour|1|31|text|RED, DARK_BLUE",
                "[]|DATA202||1|1|expected an object (Order), found an array|",
                "null|DATA204||1|1|null is not an object (Order)|",
            })
    void refusalsNameCodePointerPlaceAndWayOut(
            String json,
            String code,
            @Nullable String pointer,
            int line,
            int column,
            String message,
            @Nullable String suggestion) {
        CodecException refused = refused(codecs.of(Type.of(Order.class)), json.replace('\'', '"'));

        assertEquals(code, refused.code(), refused.getMessage());
        assertEquals(pointer == null ? "" : pointer, refused.pointer());
        assertEquals(line + ":" + column, refused.line() + ":" + refused.column());
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
        assertTrue(
                refused.suggestion().contains(suggestion == null ? "" : suggestion),
                refused.suggestion());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "{",
                "{\"id\":}",
                "{\"id\":\"a\",\"id\":\"b\"}",
                "{} {}",
                "{}x",
                "// no\n{}",
                "{\"a\":NaN}",
                "{'a':1}",
                "{\"a\":01}",
                "[1,]",
                "\ufeff{}",
                "\"\u0001\"",
            })
    void whatIsNotStrictJsonIsRefused(String json) {
        CodecException refused = refused(codecs.of(Type.of(JsonValue.class)), json);

        assertEquals("DATA201", refused.code(), refused.getMessage());
    }

    @Test
    void otherEncodingsAreRefused() {
        Codec<JsonValue> codec = codecs.of(Type.of(JsonValue.class));

        for (byte[] bytes :
                List.of(
                        "{}".getBytes(java.nio.charset.StandardCharsets.UTF_16LE),
                        "{}".getBytes(java.nio.charset.StandardCharsets.UTF_16BE),
                        new byte[] {'"', (byte) 0xc3, '"'},
                        new byte[] {'"', (byte) 0xff, '"'})) {
            CodecException refused = assertThrows(CodecException.class, () -> codec.decode(bytes));
            assertEquals("DATA201", refused.code());
        }
    }

    @Test
    void placesCountLines() {
        CodecException refused =
                refused(
                        codecs.of(Type.of(Line.class)),
                        "{\n  \"sku\": \"a\",\n  \"quantity\": {}\n}");

        assertEquals(
                "3:15 /quantity",
                refused.line() + ":" + refused.column() + " " + refused.pointer());
    }

    @Test
    void sealedTypesAreToldApartBySimpleName() throws CodecException {
        Codec<Report> codec = codecs.of(Type.of(Report.class));
        Report report = new Report(new Low("x"), List.of(new High(3), new Unknown()));
        String json =
                "{\"risk\":{\"@type\":\"Low\",\"why\":\"x\"},\"others\":[{\"@type\":\"High\","
                        + "\"grade\":3},{\"@type\":\"Unknown\"}]}";

        assertEquals(json, text(codec, report));
        assertEquals(report, codec.decode(json.getBytes(UTF_8)));
        assertEquals(
                "{\"@type\":\"Low\",\"why\":\"x\"}",
                text(codecs.of(Type.of(Risk.class)), new Low("x")));
        assertEquals("{\"why\":\"x\"}", text(codecs.of(Type.of(Low.class)), new Low("x")));
        assertEquals(
                "[{\"@type\":\"High\",\"grade\":1}]",
                text(codecs.of(Type.listOf(Risk.class)), List.of(new High(1))));
        assertEquals(
                new High(4),
                codecs.of(Type.of(Risk.class))
                        .decode("{\"grade\":4,\"@type\":\"High\"}".getBytes(UTF_8)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '!',
            value = {
                "{'why':'x'}|DATA205||'@type' is missing|Low, High, Unknown",
                "{'@type':'low','why':'x'}|DATA205|/@type|no case 'low'|did you mean 'Low'",
                "{'@type':'java.lang.Runtime'}|DATA205|/@type|no case|Low, High, Unknown",
                "{'@type':7}|DATA205|/@type|no case '7'|Low",
                "{'@type':'High','grade':'x'}|DATA202|/grade|integer|",
                "{'@type':'High'}|DATA204|/grade|missing|",
                "'Low'|DATA205|||Low",
            })
    void wrongCasesOfSealedTypesAreRefused(
            String json,
            String code,
            @Nullable String pointer,
            @Nullable String message,
            @Nullable String suggestion) {
        CodecException refused = refused(codecs.of(Type.of(Risk.class)), json.replace('\'', '"'));

        assertEquals(code, refused.code(), refused.getMessage());
        assertEquals(pointer == null ? "" : pointer, refused.pointer());
        assertTrue(
                refused.getMessage().contains(message == null ? "" : message),
                refused.getMessage());
        assertTrue(
                refused.suggestion().contains(suggestion == null ? "" : suggestion),
                refused.suggestion());
    }

    record Small(byte value, Optional<Byte> boxed) {}

    @ParameterizedTest
    @CsvSource({"-129,false", "-128,true", "127,true", "128,false", "255,false", "256,false"})
    void bytesAreMinus128To127AndNeverWrap(String number, boolean taken) throws CodecException {
        Codec<Small> codec = codecs.of(Type.of(Small.class));
        for (String json :
                List.of("{\"value\":" + number + "}", "{\"value\":0,\"boxed\":" + number + "}")) {
            if (taken) {
                Small read = codec.decode(json.getBytes(UTF_8));
                assertEquals(number, "" + (read.value() + read.boxed().orElse((byte) 0)));
            } else {
                CodecException refused = refused(codec, json);
                assertEquals("DATA202", refused.code());
                assertTrue(refused.pointer().startsWith("/"), refused.pointer());
                assertTrue(refused.getMessage().contains("out of its range"), refused::getMessage);
            }
        }
    }

    record Chosen(Optional<Colour> colour, Optional<Risk> risk, @Nullable Instant at) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '!',
            value = {
                "{'colour':''}|DATA202|/colour",
                "{'risk':{'@type':''}}|DATA205|/risk/@type",
                "{'risk':{'@type':'','why':'x'}}|DATA205|/risk/@type",
                "{'risk':''}|DATA205|/risk",
                "{'at':''}|DATA202|/at",
                "{'colour':' '}|DATA202|/colour",
                "{'colour':'RED '}|DATA202|/colour",
            })
    void emptyTextAndBlanksAreNoValueOfAnotherType(String json, String code, String pointer) {
        CodecException refused = refused(codecs.of(Type.of(Chosen.class)), json.replace('\'', '"'));
        assertEquals(code, refused.code(), refused.getMessage());
        assertEquals(pointer, refused.pointer());
    }

    @Test
    void sealedTypesWithTwoCasesOfOneNameAreRefusedAtOnce() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> codecs.of(Type.of(Twins.class)));

        assertTrue(
                String.valueOf(refused.getMessage()).contains("rename one"), refused.getMessage());
    }

    @Test
    void jsonValuesKeepEveryDetail() throws CodecException {
        Codec<JsonValue> codec = codecs.of(Type.of(JsonValue.class));
        String json =
                "{\"b\":[1,1.0,3e5,-0.0,12345678901234567890.5,true,null,\"\\u00e9\\n\"],\"a\":{}}";

        assertEquals(json.replace("\\u00e9", "é"), text(codec, codec.decode(json.getBytes(UTF_8))));
        assertEquals(JsonValue.nil(), codec.decode("null".getBytes(UTF_8)));
    }

    @Test
    void jsonValuesInsideRecordsMayBeNull() throws CodecException {
        Codec<Free> codec = codecs.of(Type.of(Free.class));
        String json = "{\"any\":null,\"items\":[null,1],\"counts\":{\"x\":2}}";
        Free free =
                new Free(
                        JsonValue.nil(),
                        List.of(JsonValue.nil(), JsonValue.number(1)),
                        Map.of("x", 2));

        assertEquals(free, codec.decode(json.getBytes(UTF_8)));
        assertEquals(json, text(codec, free));
        assertEquals("/any", refused(codec, "{\"items\":[],\"counts\":{}}").pointer());
        assertEquals(
                "/counts/x",
                refused(codec, "{\"any\":1,\"items\":[],\"counts\":{\"x\":\"1\"}}").pointer());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01", "1.", ".5", "1e", "--1", "NaN", "1,\"x\":2", "0x1", "1 "})
    void numbersThatAreNoneAreNotWritten(String text) {
        Codec<JsonValue> codec = codecs.of(Type.of(JsonValue.class));
        CodecException refused =
                assertThrows(
                        CodecException.class,
                        () -> codec.encode(new JsonValue.Arr(List.of(new JsonValue.Num(text)))));

        assertEquals("DATA209", refused.code());
    }

    @Test
    void timesAndNumbersHaveOneForm() throws CodecException {
        Codec<Times> codec = codecs.of(Type.of(Times.class));
        Times times =
                new Times(
                        Instant.parse("2026-01-02T03:04:05.006Z"),
                        Duration.ofSeconds(90),
                        new BigDecimal("1.50"),
                        Colour.RED);
        String json =
                "{\"at\":\"2026-01-02T03:04:05.006Z\",\"lasting\":\"PT1M30S\",\"amount\":1.50,"
                        + "\"colour\":\"RED\"}";

        assertEquals(json, text(codec, times));
        assertEquals(times, codec.decode(json.getBytes(UTF_8)));
    }

    @Test
    void listsMapsAndTextAreTypes() throws CodecException {
        Codec<Map<String, List<Line>>> codec = codecs.of(Type.mapOf(Type.listOf(Line.class)));
        Map<String, List<Line>> value = Map.of("k", List.of(new Line("a", 2)));

        assertEquals(value, codec.decode(codec.encode(value)));
        assertEquals("/k/0/quantity", refused(codec, "{\"k\":[{\"sku\":\"a\"}]}").pointer());
        assertEquals("\"x\"", text(codecs.of(Type.of(String.class)), "x"));
        assertThrows(
                IllegalArgumentException.class,
                () -> codecs.of(Type.<String>streamOf(Type.of(String.class))));
        assertTrue(ItemStream.class.isInterface());
    }

    @Test
    void unknownMembersCanBeIgnored() throws CodecException {
        Codec<Line> codec = codecs.with(UnknownProperties.IGNORE).of(Type.of(Line.class));

        assertEquals(
                new Line("a", 1),
                codec.decode("{\"sku\":\"a\",\"new\":[{}],\"quantity\":1}".getBytes(UTF_8)));
    }

    @Test
    void limitsHoldOnReadingAndWriting() throws CodecException {
        JsonCodecs small = codecs.with(new JsonLimits(100, 4, 10, 10));
        Codec<JsonValue> codec = small.of(Type.of(JsonValue.class));

        assertEquals("DATA208", refused(codec, "\"" + "x".repeat(99) + "\"").code());
        assertEquals(100, codec.encode(JsonValue.text("x".repeat(98))).length);
        assertEquals("DATA206", refused(codec, "[[[[[]]]]]").code());
        assertEquals(5 * 2 - 2, text(codec, codec.decode("[[[[]]]]".getBytes(UTF_8))).length());
        assertEquals("DATA206", refused(codec, "12345678901").code());
        assertEquals("DATA206", refused(codec, "{\"" + "n".repeat(40) + "\":1}").code());
        assertEquals(
                "DATA208",
                assertThrows(
                                CodecException.class,
                                () -> codec.encode(JsonValue.text("x".repeat(99))))
                        .code());
        JsonValue deep = JsonValue.nil();
        for (int i = 0; i < 5; i++) {
            deep = new JsonValue.Arr(List.of(deep));
        }
        JsonValue tooDeep = deep;
        assertEquals(
                "DATA209", assertThrows(CodecException.class, () -> codec.encode(tooDeep)).code());
    }

    @Test
    void aValueThatHoldsItselfIsRefusedAndNotAStackOverflow() {
        List<Object> inside = new ArrayList<>();
        inside.add(inside);
        Codec<Loop> codec = codecs.of(Type.of(Loop.class));

        assertEquals(
                "DATA209",
                assertThrows(CodecException.class, () -> codec.encode(new Loop(inside))).code());
    }

    @Test
    void messagesNeverCarryControlCharactersOrLongInput() {
        CodecException refused =
                refused(codecs.of(Type.of(Line.class)), "{\"" + "\\n<script>".repeat(90) + "\":1}");

        assertTrue(refused.getMessage().chars().noneMatch(Character::isISOControl));
        assertTrue(refused.getMessage().length() < 400, refused.getMessage());
        assertTrue(refused.pointer().length() < 400, refused.pointer());
    }

    @Test
    void damagedTextIsRefusedAndNothingElse() throws CodecException {
        Codec<Report> codec = codecs.of(Type.of(Report.class));
        byte[] good = codec.encode(new Report(new Low("wäre"), List.of(new High(31))));
        Random random = new Random(20260101);
        Map<String, Integer> seen = new LinkedHashMap<>();
        for (int round = 0; round < 20_000; round++) {
            byte[] bad = good.clone();
            for (int edits = random.nextInt(4); edits >= 0; edits--) {
                bad[random.nextInt(bad.length)] =
                        (byte)
                                (random.nextBoolean()
                                        ? random.nextInt(256)
                                        : "{}[],:\"0@".charAt(random.nextInt(9)));
            }
            try {
                codec.decode(bad);
                seen.merge("accepted", 1, Integer::sum);
            } catch (CodecException refused) {
                seen.merge(refused.code(), 1, Integer::sum);
            }
        }
        assertTrue(
                seen.keySet().containsAll(List.of("DATA201", "DATA202", "DATA204", "DATA205")),
                seen::toString);
    }
}
