package dev.flowir.examples.imagepipeline;

import dev.flowir.http.model.Label;
import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Labels as a column has them: {@code [{"label","score"}]}, best first. */
final class Labels {

    private static final Codec<JsonValue> JSON = JsonCodecs.strict().of(Type.of(JsonValue.class));

    private Labels() {}

    static String text(List<Label> labels) throws CodecException {
        List<JsonValue> items = new ArrayList<>();
        for (Label label : labels) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            members.put("label", JsonValue.text(label.label()));
            members.put("score", new JsonValue.Num(Double.toString(label.score())));
            items.add(new JsonValue.Obj(members));
        }
        return new String(JSON.encode(new JsonValue.Arr(items)), StandardCharsets.UTF_8);
    }

    static List<Label> of(String json) {
        try {
            JsonValue read = JSON.decode(json.getBytes(StandardCharsets.UTF_8));
            if (read instanceof JsonValue.Arr(List<JsonValue> items)) {
                return items.stream().map(item -> label(item, json)).toList();
            }
        } catch (CodecException foreign) {
            throw new IllegalStateException(
                    "labels_json was not written by this: " + json, foreign);
        }
        throw new IllegalStateException("labels_json was not written by this: " + json);
    }

    private static Label label(JsonValue item, String json) {
        if (item instanceof JsonValue.Obj(Map<String, JsonValue> members)
                && members.get("label") instanceof JsonValue.Text(String label)
                && members.get("score") instanceof JsonValue.Num(String score)) {
            return new Label(label, Double.parseDouble(score));
        }
        throw new IllegalStateException("labels_json was not written by this: " + json);
    }
}
