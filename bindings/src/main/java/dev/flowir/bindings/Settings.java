package dev.flowir.bindings;

import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.cap.Setting;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Settings that a kind takes: compares what is given with them, and says them as JSON Schema. What
 * is found is in no message: it may be a secret that stands in the wrong place.
 */
final class Settings {

    /** As vaults take it. */
    private static final String SECRET_NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,127}";

    private static final String NUMBER = "0|-?[1-9][0-9]{0,15}";
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private Settings() {}

    static void check(Doc given, List<Setting> taken) {
        List<String> names = taken.stream().map(Setting::name).toList();
        for (String name : given.members().keySet()) {
            if (!names.contains(name)) {
                throw given.unknown(BindingsFault.BAD_SETTING, name, names);
            }
        }
        for (Setting setting : taken) {
            JsonValue value = given.members().get(setting.name());
            if (value == null && setting.need() == Setting.Need.REQUIRED) {
                throw given.refused(
                        BindingsFault.BAD_SETTING,
                        setting.name(),
                        "there is no \"" + setting.name() + "\"",
                        "write " + words(setting.form()) + ": " + setting.about());
            }
            if (value != null && !fits(setting.form(), value)) {
                throw given.refused(
                        BindingsFault.BAD_SETTING,
                        setting.name(),
                        "this is not " + words(setting.form()),
                        "it says: " + setting.about());
            }
        }
    }

    /** Names of secrets among what is given, which was checked. */
    static List<String> secrets(List<Setting> taken, Map<String, JsonValue> given) {
        List<String> names = new ArrayList<>();
        for (Setting setting : taken) {
            JsonValue value = given.getOrDefault(setting.name(), JsonValue.nil());
            if (setting.form() instanceof Setting.Form.SecretName) {
                Doc.textOf(value).ifPresent(names::add);
            } else if (setting.form() instanceof Setting.Form.SecretNames
                    && value instanceof JsonValue.Obj(var members)) {
                members.values().forEach(name -> Doc.textOf(name).ifPresent(names::add));
            }
        }
        return names;
    }

    private static boolean fits(Setting.Form form, JsonValue value) {
        return switch (form) {
            case Setting.Form.Text text ->
                    value instanceof JsonValue.Text(String it) && !it.isEmpty();
            case Setting.Form.Address address ->
                    value instanceof JsonValue.Text(String it) && isAddress(it);
            case Setting.Form.Whole(long least, long most) ->
                    value instanceof JsonValue.Num(String it)
                            && it.matches(NUMBER)
                            && Long.parseLong(it) >= least
                            && Long.parseLong(it) <= most;
            case Setting.Form.Flag flag -> value instanceof JsonValue.Bool;
            case Setting.Form.Choice(List<String> words) ->
                    value instanceof JsonValue.Text(String it) && words.contains(it);
            case Setting.Form.SecretName name -> isSecretName(value);
            case Setting.Form.SecretNames names ->
                    value instanceof JsonValue.Obj(var members)
                            && !members.isEmpty()
                            && members.keySet().stream().allMatch(id -> id.matches(SECRET_NAME))
                            && members.values().stream().allMatch(Settings::isSecretName);
        };
    }

    private static boolean isSecretName(JsonValue value) {
        return value instanceof JsonValue.Text(String it) && it.matches(SECRET_NAME);
    }

    private static boolean isAddress(String text) {
        try {
            URI uri = new URI(text);
            return uri.getScheme() != null
                    && SCHEMES.contains(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String words(Setting.Form form) {
        return switch (form) {
            case Setting.Form.Text text -> "a text";
            case Setting.Form.Address address ->
                    "an http or https address with a host and without a login";
            case Setting.Form.Whole(long least, long most) ->
                    "a whole number from " + least + " to " + most;
            case Setting.Form.Flag flag -> "true or false";
            case Setting.Form.Choice(List<String> words) -> "one of " + String.join(", ", words);
            case Setting.Form.SecretName name -> "the name of a secret";
            case Setting.Form.SecretNames names -> "an object with names of secrets under ids";
        };
    }

    /** JSON Schema of an object with these settings and no others. */
    static JsonValue schema(List<Setting> settings) {
        Map<String, JsonValue> properties = new LinkedHashMap<>();
        settings.forEach(setting -> properties.put(setting.name(), schema(setting)));
        Map<String, JsonValue> schema = typed("object");
        schema.put("$schema", JsonValue.text("https://json-schema.org/draft/2020-12/schema"));
        schema.put("additionalProperties", JsonValue.bool(false));
        schema.put("properties", new JsonValue.Obj(properties));
        schema.put(
                "required",
                new JsonValue.Arr(
                        settings.stream()
                                .filter(setting -> setting.need() == Setting.Need.REQUIRED)
                                .map(setting -> JsonValue.text(setting.name()))
                                .toList()));
        return new JsonValue.Obj(schema);
    }

    private static JsonValue schema(Setting setting) {
        Map<String, JsonValue> schema =
                switch (setting.form()) {
                    case Setting.Form.Text text -> with(typed("string"), "minLength", 1);
                    case Setting.Form.Address address -> pattern("^https?://[^/?#@]+([/?][^#]*)?$");
                    case Setting.Form.Whole(long least, long most) ->
                            with(with(typed("integer"), "minimum", least), "maximum", most);
                    case Setting.Form.Flag flag -> typed("boolean");
                    case Setting.Form.Choice(List<String> words) -> {
                        Map<String, JsonValue> choice = typed("string");
                        choice.put(
                                "enum",
                                new JsonValue.Arr(words.stream().map(JsonValue::text).toList()));
                        yield choice;
                    }
                    case Setting.Form.SecretName name -> pattern("^" + SECRET_NAME + "$");
                    case Setting.Form.SecretNames names -> {
                        Map<String, JsonValue> map = with(typed("object"), "minProperties", 1);
                        JsonValue name = new JsonValue.Obj(pattern("^" + SECRET_NAME + "$"));
                        map.put("propertyNames", name);
                        map.put("additionalProperties", name);
                        yield map;
                    }
                };
        schema.put("description", JsonValue.text(setting.about()));
        return new JsonValue.Obj(schema);
    }

    private static Map<String, JsonValue> typed(String type) {
        Map<String, JsonValue> schema = new LinkedHashMap<>();
        schema.put("type", JsonValue.text(type));
        return schema;
    }

    private static Map<String, JsonValue> with(
            Map<String, JsonValue> schema, String name, long value) {
        schema.put(name, JsonValue.number(value));
        return schema;
    }

    private static Map<String, JsonValue> pattern(String pattern) {
        Map<String, JsonValue> schema = typed("string");
        schema.put("pattern", JsonValue.text(pattern));
        return schema;
    }
}
