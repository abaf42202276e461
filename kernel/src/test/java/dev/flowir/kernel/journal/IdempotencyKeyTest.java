package dev.flowir.kernel.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys are the same on every machine: held to the vectors that their standards publish. */
class IdempotencyKeyTest {

    record Order(String id, int count) {}

    private static JsonValue json(String text) throws CodecException {
        return JsonCodecs.strict()
                .of(Type.of(JsonValue.class))
                .decode(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String cbor(String text) throws CodecException {
        return HexFormat.of().formatHex(CanonicalCbor.of(json(text)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** RFC 8949, appendix A, for what JSON has; an integral float of it is an integer here. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "0; 00",
                "1; 01",
                "10; 0a",
                "23; 17",
                "24; 1818",
                "25; 1819",
                "100; 1864",
                "1000; 1903e8",
                "1000000; 1a000f4240",
                "1000000000000; 1b000000e8d4a51000",
                "18446744073709551615; 1bffffffffffffffff",
                "18446744073709551616; c249010000000000000000",
                "-18446744073709551616; 3bffffffffffffffff",
                "-18446744073709551617; c349010000000000000000",
                "-1; 20",
                "-10; 29",
                "-100; 3863",
                "-1000; 3903e7",
                "1.1; fb3ff199999999999a",
                "1.5; f93e00",
                "3.4028234663852886e+38; fa7f7fffff",
                "1.0e+300; fb7e37e43c8800759c",
                "5.960464477539063e-8; f90001",
                "0.00006103515625; f90400",
                "-4.1; fbc010666666666666",
                "false; f4",
                "true; f5",
                "null; f6",
                "\"\"; 60",
                "\"a\"; 6161",
                "\"IETF\"; 6449455446",
                "\"\\\"\\\\\"; 62225c",
                "\"\\u00fc\"; 62c3bc",
                "\"\\u6c34\"; 63e6b0b4",
                "\"\\ud800\\udd51\"; 64f0908591",
                "[]; 80",
                "[1, 2, 3]; 83010203",
                "[1, [2, 3], [4, 5]]; 8301820203820405",
                "{}; a0",
                "{\"a\": 1, \"b\": [2, 3]}; a26161016162820203",
                "[\"a\", {\"b\": \"c\"}]; 826161a161626163"
            })
    void rfc8949_appendixA(String json, String hex) throws CodecException {
        assertEquals(hex, cbor(json));
    }

    @Test
    void rfc8949_theLongVectorsOfAppendixA() throws CodecException {
        assertEquals(
                "98190102030405060708090a0b0c0d0e0f101112131415161718181819",
                cbor("[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25]"));
        assertEquals(
                "a56161614161626142616361436164614461656145",
                cbor("{\"e\":\"E\",\"a\":\"A\",\"d\":\"D\",\"b\":\"B\",\"c\":\"C\"}"));
    }

    /** Section 4.2.1: members by the bytes of their encoded names, so the shorter come first. */
    @Test
    void rfc8949_membersHaveOneOrder() throws CodecException {
        assertEquals("a2617a0162616102", cbor("{\"aa\": 2, \"z\": 1}"));
        assertEquals(cbor("{\"aa\": 2, \"z\": 1}"), cbor("{\"z\": 1, \"aa\": 2}"));
    }

    @Test
    void numbersMeetWhenTheirValuesDoAndOnlyThen() throws CodecException {
        assertEquals(cbor("100"), cbor("1.00e2"));
        assertEquals(cbor("0"), cbor("-0.0"));
        assertEquals(cbor("0.1"), cbor("1e-1"));
        assertEquals(cbor("1e400"), cbor("10e399"));
        Set<String> seen = new HashSet<>();
        for (String one :
                List.of(
                        "0.1",
                        "0.10000000000000001",
                        "0.1000000000000000055511151231257827",
                        "9007199254740992.5",
                        "9007199254740993",
                        "9007199254740992",
                        "1e999999999",
                        "1e999999998",
                        "1e-999999999")) {
            assertTrue(seen.add(cbor(one)), one);
        }
    }

    /** FIPS 180-4, the examples that NIST publishes with it. */
    @Test
    void fips180_sha256() {
        assertEquals(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                HexFormat.of().formatHex(Sha256.of(ascii("abc"))));
        assertEquals(
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                HexFormat.of().formatHex(Sha256.of(new byte[0])));
        assertEquals(
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
                HexFormat.of()
                        .formatHex(
                                Sha256.of(
                                        ascii(
                                                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmno"
                                                        + "mnopnopq"))));
    }

    /** Never to be changed: keys that are on disks and in other people's systems. */
    @Test
    void aKeyIsTheSameForEver() throws CodecException {
        IdempotencyKey shared = IdempotencyKey.of("checkout", "charge", "{id}");
        assertEquals(
                HexFormat.of()
                        .formatHex(
                                Sha256.of(
                                        HexFormat.of()
                                                .parseHex(
                                                        "8468636865636b6f757466636861726765f6"
                                                                + "a1626964636f2d37"))),
                shared.of("run-1", 5, new Order("o-7", 2)));
        assertEquals(
                shared.of("run-1", 5, new Order("o-7", 2)),
                shared.of("run-2", 6, new JsonValue.Obj(Map.of("id", JsonValue.text("o-7")))));
    }

    @Test
    void withoutAFieldOfTheInputNoTwoInvocationsAreTheSame() throws CodecException {
        IdempotencyKey alone = IdempotencyKey.of("f", "n", "{run}/{node}/{item}");
        assertFalse(alone.isShared());
        String key = alone.of("run", 1, "in");
        assertEquals(key, alone.of("run", 1, "other input"));
        assertNotEquals(key, alone.of("run", 2, "in"));
        assertNotEquals(key, alone.of("run#2", 1, "in"));
        assertNotEquals(key, IdempotencyKey.of("f", "m", "").of("run", 1, "in"));
        assertNotEquals(key, IdempotencyKey.of("g", "n", "").of("run", 1, "in"));
        assertEquals(key, IdempotencyKey.of("f", "n", "any opaque text").of("run", 1, "in"));
    }

    @Test
    void fieldsOfTheInputMakeTheKeyAndTheRunOnlyWhenItIsNamed() throws CodecException {
        IdempotencyKey both = IdempotencyKey.of("f", "n", "{id}/{/count}");
        assertTrue(both.isShared());
        String key = both.of("a", 1, new Order("x", 1));
        assertEquals(key, both.of("b", 2, new Order("x", 1)));
        assertNotEquals(key, both.of("a", 1, new Order("x", 2)));
        assertNotEquals(key, both.of("a", 1, new Order("y", 1)));
        IdempotencyKey inRun = IdempotencyKey.of("f", "n", "{run}/{id}");
        assertNotEquals(inRun.of("a", 1, new Order("x", 1)), inRun.of("b", 1, new Order("x", 1)));
        assertEquals(inRun.of("a", 1, new Order("x", 1)), inRun.of("a", 2, new Order("x", 1)));
    }

    @Test
    void exact006_anInputWithoutTheFieldHasNoKey() {
        IdempotencyKey key = IdempotencyKey.of("f", "n", "{order}");
        CodecException missing =
                assertThrows(CodecException.class, () -> key.of("a", 1, new Order("x", 1)));
        assertEquals("EXACT006", missing.code());
        assertTrue(missing.getMessage().contains("has no 'order'"), missing.getMessage());
        assertThrows(CodecException.class, () -> key.of("a", 1, List.of(1)));
    }

    @Test
    void halvesAreThoseOfThePlatform() {
        for (int bits = 0; bits < 0x10000; bits++) {
            float value = Float.float16ToFloat((short) bits);
            if (Float.isFinite(value)) {
                assertEquals(bits, CanonicalCbor.half(value), Float.toString(value));
                for (float other : new float[] {Math.nextUp(value), Math.nextDown(value)}) {
                    boolean exact = Float.float16ToFloat(Float.floatToFloat16(other)) == other;
                    assertEquals(exact, CanonicalCbor.half(other) >= 0, Float.toString(other));
                }
            }
        }
        assertEquals(-1, CanonicalCbor.half(65_536));
    }
}
