package dev.flowir.bindings;

import static dev.flowir.bindings.Samples.KINDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.json.JsonText;
import dev.flowir.kernel.cap.ProviderKind;
import dev.flowir.kernel.cap.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The registry: which kinds there are, and that what they take is what their schemas say. */
class KindsTest {

    @Test
    void allKindsAreThere() {
        assertEquals(
                List.of(
                        "blob.files",
                        "blob.memory",
                        "blob.s3",
                        "cache.memory",
                        "cache.redis",
                        "clock.system",
                        "dedupe.memory",
                        "dedupe.redis",
                        "dedupe.sqlite",
                        "durable_object.memory",
                        "durable_object.sqlite",
                        "http.jdk",
                        "kv.memory",
                        "kv.redis",
                        "kv.sqlite",
                        "queue.memory",
                        "queue.redis",
                        "queue.sqlite",
                        "rate.memory",
                        "rate.redis",
                        "rate.sqlite",
                        "rng.secure",
                        "secret.environment",
                        "secret.files",
                        "sql.memory",
                        "sql.sqlite"),
                List.copyOf(KINDS.providers().keySet()));
        for (ProviderKind kind : KINDS.providers().values()) {
            assertFalse(kind.about().isBlank(), kind.kind());
            assertTrue(KINDS.schemas(kind.kind()).isPresent(), kind.kind());
        }
        assertTrue(KINDS.schemas("kv.unknown").isEmpty());
    }

    private static JsonValue good(Setting.Form form) {
        return switch (form) {
            case Setting.Form.Text text -> JsonValue.text("a text");
            case Setting.Form.Address address -> JsonValue.text("https://example.org:8443/base");
            case Setting.Form.Whole(long least, long most) -> JsonValue.number(most);
            case Setting.Form.Flag flag -> JsonValue.bool(true);
            case Setting.Form.Choice(List<String> words) -> JsonValue.text(words.get(0));
            case Setting.Form.SecretName name -> JsonValue.text("payments.key");
            case Setting.Form.SecretNames names ->
                    new JsonValue.Obj(Map.of("k1", JsonValue.text("payments.key")));
        };
    }

    private static List<JsonValue> bad(Setting.Form form) {
        return switch (form) {
            case Setting.Form.Text text -> List.of(JsonValue.text(""), JsonValue.number(1));
            case Setting.Form.Address address ->
                    List.of(
                            JsonValue.text("https://user:hunter2@example.org"),
                            JsonValue.text("ftp://example.org"),
                            JsonValue.text("example.org"));
            case Setting.Form.Whole(long least, long most) ->
                    List.of(
                            JsonValue.number(least - 1),
                            JsonValue.number(most + 1),
                            new JsonValue.Num("1.5"),
                            JsonValue.text("1"));
            case Setting.Form.Flag flag -> List.of(JsonValue.text("true"), JsonValue.number(0));
            case Setting.Form.Choice(List<String> words) ->
                    List.of(JsonValue.text("hunter2"), JsonValue.bool(true));
            case Setting.Form.SecretName name ->
                    List.of(JsonValue.text("pass word"), JsonValue.text(""), JsonValue.number(1));
            case Setting.Form.SecretNames names ->
                    List.of(
                            new JsonValue.Obj(Map.of()),
                            JsonValue.text("name"),
                            new JsonValue.Obj(Map.of("k 1", JsonValue.text("name"))),
                            new JsonValue.Obj(Map.of("k1", JsonValue.text("pass word"))));
        };
    }

    private static boolean takes(List<Setting> settings, Map<String, JsonValue> given) {
        JsonValue object = new JsonValue.Obj(given);
        try {
            Settings.check(new Doc(Source.of("it", object), "", given), settings);
            return true;
        } catch (BindingsException refused) {
            assertEquals(BindingsFault.BAD_SETTING, refused.fault());
            assertFalse(String.valueOf(refused.getMessage()).contains("hunter2"));
            return false;
        }
    }

    private static void both(
            boolean expected, List<Setting> settings, Map<String, JsonValue> given) {
        String text = JsonText.compact(new JsonValue.Obj(given));
        Schema schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(JsonText.compact(Settings.schema(settings)));
        assertEquals(expected, takes(settings, given), text);
        assertEquals(expected, schema.validate(text, InputFormat.JSON).isEmpty(), text);
    }

    /** A validator of JSON Schema that others wrote says the same as we do. */
    @Test
    void schemasSayWhatKindsTake() {
        List<List<Setting>> all = new ArrayList<>();
        KINDS.providers()
                .values()
                .forEach(kind -> {
                    all.add(kind.connect());
                    all.add(kind.config());
                });
        KINDS.wrappers().forEach(kind -> all.add(kind.config()));
        for (List<Setting> settings : all) {
            Map<String, JsonValue> whole = new LinkedHashMap<>();
            settings.forEach(one -> whole.put(one.name(), good(one.form())));
            both(true, settings, whole);
            Map<String, JsonValue> more = new LinkedHashMap<>(whole);
            more.put("nobody_knows_this", JsonValue.nil());
            both(false, settings, more);
            for (Setting one : settings) {
                Map<String, JsonValue> less = new LinkedHashMap<>(whole);
                less.remove(one.name());
                both(one.need() == Setting.Need.OPTIONAL, settings, less);
                for (JsonValue wrong : bad(one.form())) {
                    Map<String, JsonValue> changed = new LinkedHashMap<>(whole);
                    changed.put(one.name(), wrong);
                    both(false, settings, changed);
                }
            }
        }
    }

    @Test
    void aMisspelledNameIsGuessed() {
        String memory = Samples.catalog("a", "kv.memori", "resource::kv", "resource::kv");
        BindingsException refused =
                assertThrows(BindingsException.class, () -> Samples.lock(memory, Samples.READS));
        assertTrue(refused.suggestion().startsWith("did you mean kv.memory?"));
        String setting =
                Samples.catalog("a", "kv.sqlite", "resource::kv", "resource::kv")
                        .replace("\"mode\"", "\"connect\": {\"stor\": \"x\"}, \"mode\"");
        refused = assertThrows(BindingsException.class, () -> Samples.lock(setting, Samples.READS));
        assertTrue(refused.suggestion().startsWith("did you mean \"store\"?"));
    }
}
