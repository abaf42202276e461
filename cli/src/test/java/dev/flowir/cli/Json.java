package dev.flowir.cli;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.ir.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** JSON as tests look at it: what is not there or not of the type fails the test. */
record Json(JsonValue value) {

    static Json read(String text) {
        try {
            return new Json(
                    JsonCodecs.strict()
                            .of(Type.of(JsonValue.class))
                            .decode(text.getBytes(StandardCharsets.UTF_8)));
        } catch (CodecException refused) {
            throw new IllegalArgumentException(text, refused);
        }
    }

    boolean has(String key) {
        return ((JsonValue.Obj) value).members().containsKey(key);
    }

    Json get(String key) {
        return new Json(((JsonValue.Obj) value).members().get(key));
    }

    List<Json> items() {
        return ((JsonValue.Arr) value).items().stream().map(Json::new).toList();
    }

    String text() {
        return ((JsonValue.Text) value).value();
    }

    boolean isTrue() {
        return ((JsonValue.Bool) value).value();
    }

    int number() {
        return Integer.parseInt(((JsonValue.Num) value).text());
    }

    String pretty() {
        return JsonText.pretty(value);
    }
}
