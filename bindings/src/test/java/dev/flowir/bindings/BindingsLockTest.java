package dev.flowir.bindings;

import static dev.flowir.bindings.Samples.KEEPS;
import static dev.flowir.bindings.Samples.KINDS;
import static dev.flowir.bindings.Samples.READS;
import static dev.flowir.bindings.Samples.STORES;
import static dev.flowir.bindings.Samples.catalog;
import static dev.flowir.bindings.Samples.lock;
import static dev.flowir.bindings.Samples.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindingsLockTest {

    private static final String KV =
            catalog("kv_memory", "kv.memory", "resource::kv", "resource::kv");

    private static final BindingsLock S4 = lock(KV, READS);

    /** The hashes stand in the two locks that the reference has checked in. */
    @Test
    void theLocksOfTheReferenceHaveTheSameHashHere() {
        assertEquals(
                "ca207c206ef6f16ddf11ce59125755b2f09308fc7602af98dc05d9d4cad053af",
                S4.contentHash());
        BindingsLock s6 =
                lock(
                        catalog("blob_memory", "blob.memory", "resource::blob", "resource::blob"),
                        STORES);
        assertEquals(
                "a54f3ae1dfa23ffbbe21293b8171534442e101068d531e5312c6fd7c51d10d1e",
                s6.contentHash());
        assertEquals(s6.contentHash(), read(s6.json()).contentHash());
    }

    @Test
    void theSameContentGivesTheSameBytes() {
        BindingsLock one = lock(KV, READS, KEEPS);
        BindingsLock other = lock(KV, KEEPS, READS);
        assertArrayEquals(one.json(), other.json());
        assertArrayEquals(one.json(), read(one.json()).json());
    }

    private static BindingsLock read(byte[] json) {
        return BindingsLock.parse("bindings.lock.json", json);
    }

    private static BindingsException refused(BindingsFault fault, String json) {
        BindingsException refusal =
                assertThrows(BindingsException.class, () -> read(utf8(json)), json);
        assertEquals(fault, refusal.fault(), refusal::getMessage);
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.startsWith("[" + fault.code() + "] bindings.lock.json:"), message);
        assertFalse(refusal.suggestion().isEmpty(), message);
        return refusal;
    }

    /** One value after the other is another one: whatever it is, and wherever. */
    @Test
    void aLockThatWasEditedAtAnyFieldIsRefused() {
        BindingsLock lock = lock(full(), KEEPS);
        int edited = 0;
        for (JsonValue changed : edits(new JsonValue.Obj(lock.content()))) {
            edited++;
            String text = Canonical.pretty(changed);
            boolean hasHash = text.contains("\"content_hash\": \"");
            refused(hasHash ? BindingsFault.CHANGED : BindingsFault.NO_HASH, text);
        }
        assertTrue(edited > 25, "only " + edited + " edits");
    }

    private static String full() {
        return """
        {"version": 1,
         "instances": {"shop": {"provider_kind": "kv.sqlite", "provides": ["resource::kv"],
           "connect": {"store": "shop.db"}}},
         "bindings": [{"selector": {"flow": "keeps"}, "use": {"resource::kv": "shop"}}]}
        """;
    }

    /** The document with each of its values changed, renamed or left out, one at a time. */
    private static List<JsonValue> edits(JsonValue value) {
        return switch (value) {
            case JsonValue.Obj(var members) ->
                    members.entrySet().stream()
                            .flatMap(member -> {
                                Map<String, JsonValue> without = new LinkedHashMap<>(members);
                                without.remove(member.getKey());
                                Map<String, JsonValue> renamed = new LinkedHashMap<>(without);
                                renamed.put(member.getKey() + "_", member.getValue());
                                List<JsonValue> all = new ArrayList<>();
                                all.add(new JsonValue.Obj(without));
                                all.add(new JsonValue.Obj(renamed));
                                for (JsonValue inner : edits(member.getValue())) {
                                    Map<String, JsonValue> edited = new LinkedHashMap<>(members);
                                    edited.put(member.getKey(), inner);
                                    all.add(new JsonValue.Obj(edited));
                                }
                                return all.stream();
                            })
                            .toList();
            case JsonValue.Arr(var items) ->
                    items.isEmpty()
                            ? List.of(new JsonValue.Arr(List.of(JsonValue.nil())))
                            : List.of(new JsonValue.Arr(List.of()));
            case JsonValue.Text(String text) ->
                    List.of(JsonValue.text(text + " "), JsonValue.number(1));
            default -> List.of(JsonValue.number(7), JsonValue.text("1"));
        };
    }

    /** With the hash that belongs to it, what is wrong is found all the same, with its place. */
    @ParameterizedTest
    @CsvSource({
        "VERSION, /version, '\"version\": 1', '\"version\": 2'",
        "UNREADABLE, /version, '\"version\": 1', '\"version\": \"1\"'",
        "NO_TIME, /generated_at, '1970-01-01T00:00:00Z', ' '",
        "UNREADABLE, /generated_at, '\"1970-01-01T00:00:00Z\"', '1970'",
        "UNREADABLE, /instances/kv_memory/provider_kind, '\"kv.memory\"', '7'",
        "UNREADABLE, /instances, '\"instances\": {', '\"instance\": {'",
        "UNREADABLE, /flows, '\"flows\": {', '\"flow\": {'"
    })
    void whatIsWrongWithTheWholeIsNamed(
            BindingsFault fault, String pointer, String old, String now) {
        BindingsException refusal = refused(fault, edited(old, now));
        assertEquals(pointer, refusal.location().pointer());
        assertTrue(refusal.location().position().isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "BAD_USE, '\"resource::kv::read\": \"kv_memory\"', '\"resource::kv::read\": \"other\"'",
        "BAD_USE, '\"resource::kv::read\":', '\"resource::kvs\":'",
        "BAD_USE, '\"resource::kv::read\":', '\"kv\":'",
        "UNREADABLE, '\"connect\": {}', '\"connect\": null'",
        "UNREADABLE, '\"config\": {}', '\"conf\": {}'",
        "BAD_USE, '\"resource::kv\"', '\"kv\"'",
        "BAD_USE, '\"resource::kv\"', '\"resource::k\"'",
        "UNKNOWN_KIND, 'kv.memory', 'kv.memori'",
        "UNKNOWN_KIND, '\"isolation\": []', '\"isolation\": [{\"kind\":\"fog\",\"config\":{}}]'",
        "BAD_SETTING, '\"config\": {}', '\"config\": {\"size\": 1}'"
    })
    void whatIsWrongWithAUseIsNamed(BindingsFault fault, String old, String now) {
        BindingsLock lock = read(utf8(edited(old, now)));
        BindingsException refusal =
                assertThrows(
                        BindingsException.class,
                        () -> {
                            lock.ensureBinds(READS.definition());
                            KINDS.check(lock);
                        });
        assertEquals(fault, refusal.fault(), refusal::getMessage);
        assertTrue(refusal.location().position().isPresent(), refusal::getMessage);
    }

    private static String edited(String old, String now) {
        String text = new String(S4.json(), StandardCharsets.UTF_8);
        assertTrue(text.contains(old), text);
        return hashed(text.replaceFirst(Pattern.quote(old), now));
    }

    private static String hashed(String text) {
        Map<String, JsonValue> rest = new LinkedHashMap<>(Doc.parse("it", utf8(text)).members());
        rest.remove(BindingsLock.HASH);
        return text.replace(S4.contentHash(), Canonical.hash(new JsonValue.Obj(rest)));
    }

    @Test
    void whatIsNoLockIsRefused() {
        refused(BindingsFault.UNREADABLE, "{");
        refused(BindingsFault.UNREADABLE, "[]");
        refused(BindingsFault.UNREADABLE, "{\"a\":1,\"a\":2}");
        refused(BindingsFault.UNREADABLE, "{\"a\":\"\\ud800\"}");
        refused(BindingsFault.NO_HASH, "{}");
        refused(BindingsFault.CHANGED, "{\"content_hash\":\"deadbeef\"}");
    }

    /** Whoever has written the hash over a document with fields that we do not know is believed. */
    @Test
    void unknownFieldsBelongToTheHash() {
        String more = edited("\"version\": 1", "\"version\": 1, \"x\": \"\\\\u001f\u20ac\"");
        BindingsLock lock = read(utf8(more));
        assertEquals(lock.contentHash(), read(lock.json()).contentHash());
        refused(BindingsFault.CHANGED, more.replace("\u20ac", "$"));
    }

    /** The hash says that something is another; the catalog says where. */
    @ParameterizedTest
    @CsvSource({
        "/instances/shop/config/x, '\"config\": {}', '\"config\": {\"x\": 5}'",
        "/instances/shop/isolation, '\"isolation\": []', '\"isolation\": [1]'",
        "/instances/shop/connect/store, '\"store\": \"shop.db\"', '\"store\": \"hunter2\"'",
        "/instances/shop/connect/store, '\"store\":', '\"stores\":'",
        "/instances/shop/provider_kind, 'kv.sqlite', 'kv.memory'",
        "/instances/shop/provides/0, '\"resource::kv\"', '\"resource::kv::write\"'",
        "/generated_ats, '\"version\": 1', '\"version\": 1, \"generated_ats\": \"\"'",
        "/unknown, '\"version\": 1', '\"version\": 1, \"unknown\": true'"
    })
    void aCatalogSaysWhereALockWasEdited(String pointer, String old, String now) {
        String text = new String(lock(full(), KEEPS).json(), StandardCharsets.UTF_8);
        ResourceCatalog catalog = ResourceCatalog.parse("resources.catalog.json", utf8(full()));
        catalog.ensureMakes("it", utf8(text), List.of(KEEPS.definition()), KINDS);
        assertTrue(text.contains(old), text);
        byte[] changed = utf8(hashed(text.replace(old, now)));
        BindingsException refusal =
                assertThrows(
                        BindingsException.class,
                        () ->
                                catalog.ensureMakes(
                                        "it", changed, List.of(KEEPS.definition()), KINDS));
        assertEquals(BindingsFault.CHANGED, refusal.fault());
        assertEquals(pointer, refusal.location().pointer(), refusal::getMessage);
        assertFalse(String.valueOf(refusal.getMessage()).contains("hunter2"));
    }

    private static void refusedCatalog(BindingsFault fault, String place, String catalog) {
        BindingsException refusal =
                assertThrows(BindingsException.class, () -> lock(catalog, READS), catalog);
        assertEquals(fault, refusal.fault(), refusal::getMessage);
        assertEquals(place, refusal.location().pointer(), refusal::getMessage);
        assertTrue(
                String.valueOf(refusal.getMessage()).contains("resources.catalog.json:"),
                refusal::getMessage);
    }

    @Test
    void aCatalogIsHeldToWhatKindsTake() {
        String kv = "resource::kv";
        String instance = "/instances/a";
        refusedCatalog(
                BindingsFault.UNKNOWN_KIND,
                instance + "/provider_kind",
                catalog("a", "kv.unknown", kv, kv));
        refusedCatalog(
                BindingsFault.UNKNOWN_KIND,
                instance + "/provider_kind",
                catalog("a", "http.reqwest", "resource::http", "resource::http"));
        refusedCatalog(
                BindingsFault.BAD_USE, instance + "/provides", catalog("a", "blob.memory", kv, kv));
        refusedCatalog(
                BindingsFault.BAD_USE,
                "/bindings/0/use/resource::blob",
                catalog("a", "kv.memory", kv, "resource::blob"));
        refusedCatalog(
                BindingsFault.UNBOUND, "/bindings", catalog("a", "kv.memory", kv, kv + "::write"));
        refusedCatalog(
                BindingsFault.BAD_SETTING,
                instance + "/connect/store",
                catalog("a", "kv.sqlite", kv, kv));
        String memory = catalog("a", "kv.memory", kv, kv);
        refusedCatalog(
                BindingsFault.BAD_SETTING,
                instance + "/config/size",
                memory.replace("\"mode\"", "\"config\":{\"size\":1},\"mode\""));
        refusedCatalog(
                BindingsFault.UNKNOWN_KIND,
                instance + "/isolation/0/kind",
                memory.replace("\"mode\"", "\"isolation\":[{\"kind\":\"fog\"}],\"mode\""));
        refusedCatalog(
                BindingsFault.UNREADABLE, instance + "/mod", memory.replace("\"mode\"", "\"mod\""));
        refusedCatalog(
                BindingsFault.UNREADABLE,
                instance + "/mode",
                memory.replace("managed", "unmanaged"));
        refusedCatalog(
                BindingsFault.UNREADABLE,
                "/bindings/0/selector/x",
                memory.replace("\"selector\": {}", "\"selector\": {\"x\":1}"));
        refusedCatalog(
                BindingsFault.UNBOUND,
                "/bindings",
                memory.replace("\"selector\": {}", "\"selector\": {\"flow\":\"other\"}"));
        refusedCatalog(
                BindingsFault.BAD_USE,
                "/bindings/0/use/resource::kv",
                memory.replace("\"resource::kv\": \"a\"", "\"resource::kv\": \"b\""));
    }

    /** The last rule that selects a flow says what it uses, and the longest hint does. */
    @Test
    void rulesComeOneAfterTheOther() {
        String catalog =
                """
                {"version": 1, "instances": {
                  "a": {"provider_kind": "kv.memory", "provides": ["resource::kv"]},
                  "b": {"provider_kind": "kv.memory", "provides": ["resource::kv"]},
                  "c": {"provider_kind": "kv.memory", "provides": ["resource::kv"]}},
                 "bindings": [
                  {"selector": {"flow": "keeps", "profile": "web"}, "use": {"resource::kv": "c"}},
                  {"use": {"resource::kv": "a"}},
                  {"selector": {"flow": "keeps"}, "use": {"resource::kv": "b"}},
                  {"use": {"resource::kv::write::other": "c"}}]}
                """;
        BindingsLock lock = lock(catalog, KEEPS, READS);
        assertEquals(
                Map.of("resource::kv::write", "b", "resource::kv::write::other", "c"),
                lock.flows().get(KEEPS.definition().id()));
        assertEquals(Map.of("resource::kv::read", "a"), lock.flows().get(READS.definition().id()));
        assertEquals(List.of("a", "b", "c"), List.copyOf(lock.instances().keySet()));
    }
}
