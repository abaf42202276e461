package dev.flowir.wasm;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.plan.OnlyWith;
import dev.flowir.kernel.form.FormFields;
import dev.flowir.kernel.form.TakenForm;
import dev.flowir.wasm.json.EdgeCodec;
import dev.flowir.wasm.json.Form;
import dev.flowir.wasm.json.Form.Parameter;
import dev.flowir.wasm.json.FormBook;
import dev.flowir.wasm.json.JsonChars;
import dev.flowir.wasm.json.JsonOut;
import dev.flowir.wasm.json.RecordForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a flow's input of a request, as the servlet host does. */
final class Payload {

    private final EdgeRoute route;
    private final Type<?> type;
    private final EdgeCodec<?> codec;
    private final FormBook forms;

    Payload(EdgeRoute route, FormBook forms) {
        this.route = route;
        this.type = route.flow().input();
        this.codec = route.read(forms);
        this.forms = forms;
    }

    Object read(String body, Map<String, String> path, Map<String, List<String>> query)
            throws CodecException {
        String text = body.isEmpty() ? route.options().emptyBody() : body;
        return route.hasParameters() ? withParameters(text, path, query) : codec.read(text);
    }

    @OnlyWith(Features.PARAMETERS)
    private Object withParameters(
            String text, Map<String, String> path, Map<String, List<String>> query)
            throws CodecException {
        if (!route.wantsBody()) {
            return fromParameters(path, query);
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        JsonValue value = json().read(text);
        if (value instanceof JsonValue.Obj object) {
            members.putAll(object.members());
        } else if (!(value instanceof JsonValue.Null)) {
            throw new CodecException(
                    "DATA202",
                    "",
                    1,
                    1,
                    "expected an object, because parameters of the path are added to it",
                    "send a JSON object");
        }
        for (String name : path.keySet()) {
            if (members.containsKey(name)) {
                throw new CodecException(
                        "DATA203",
                        "/" + name,
                        0,
                        0,
                        "member '" + name + "' is given by the path",
                        "leave it out of the body");
            }
        }
        path.forEach((name, given) -> put(members, name, List.of(given)));
        return unplaced(members);
    }

    /** The input of a form, whose fields are members beside the parameters of the path. */
    Object read(TakenForm form, FormFields fields, Map<String, String> path) throws CodecException {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        path.forEach((name, given) -> put(members, name, List.of(given)));
        form.texts()
                .forEach((name, values) -> {
                    if (!members.containsKey(name)) {
                        put(members, name, values);
                    }
                });
        members.putAll(form.files());
        for (String list : fields.lists()) {
            members.putIfAbsent(list, new JsonValue.Arr(List.of()));
        }
        return unplaced(members);
    }

    private EdgeCodec<JsonValue> json() {
        return forms.edge(Type.of(JsonValue.class));
    }

    private Object fromParameters(Map<String, String> path, Map<String, List<String>> query)
            throws CodecException {
        if (type.raw() == String.class && path.size() == 1) {
            return codec.read(json().write(JsonValue.text(path.values().iterator().next())));
        }
        if (query.isEmpty() && hasTexts(path)) {
            return unplaced(written(path));
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        path.forEach((name, given) -> put(members, name, List.of(given)));
        query.forEach((name, values) -> {
            boolean wanted = !isRecord() || parameters().containsKey(name);
            if (wanted && !members.containsKey(name)) {
                put(members, name, values);
            }
        });
        return members.isEmpty() && !isRecord()
                ? codec.read(route.options().emptyBody())
                : unplaced(members);
    }

    /** Whether the path gives texts and nothing else to a record: most requests that read do. */
    private boolean hasTexts(Map<String, String> path) {
        Map<String, Parameter> known = parameters();
        for (String name : path.keySet()) {
            if (known.get(name) != Parameter.TEXT) {
                return false;
            }
        }
        return !path.isEmpty();
    }

    /** Such texts as JSON, with no values made of them before. */
    private static String written(Map<String, String> path) throws CodecException {
        JsonOut out = new JsonOut();
        String before = "{";
        for (Map.Entry<String, String> given : path.entrySet()) {
            out.raw(before);
            out.string(given.getKey());
            out.raw(":");
            out.string(given.getValue());
            before = ",";
        }
        out.raw("}");
        return out.take();
    }

    private boolean isRecord() {
        return codec.form() instanceof RecordForm<?>;
    }

    private Map<String, Parameter> parameters() {
        Form<?> form = codec.form();
        return form instanceof RecordForm<?> record ? record.parameters() : Map.of();
    }

    private void put(Map<String, JsonValue> members, String name, List<String> values) {
        Parameter parameter = parameters().getOrDefault(name, Parameter.TEXT);
        List<JsonValue> items = new ArrayList<>();
        for (String value : values) {
            items.add(scalar(parameter, value));
        }
        boolean asArray = parameter.isList() || items.size() > 1;
        members.put(name, asArray ? new JsonValue.Arr(items) : items.get(0));
    }

    private static JsonValue scalar(Parameter parameter, String text) {
        return switch (parameter) {
            case NUMBER, NUMBERS -> isNumber(text) ? new JsonValue.Num(text) : JsonValue.text(text);
            case BOOLEAN, BOOLEANS ->
                    text.equals("true") || text.equals("false")
                            ? JsonValue.bool(text.equals("true"))
                            : JsonValue.text(text);
            case TEXT, TEXTS -> JsonValue.text(text);
        };
    }

    private static boolean isNumber(String text) {
        return text.length() <= 136 && JsonChars.isNumber(text);
    }

    /** Decodes what was put together here: lines and columns would point into no text of his. */
    private Object unplaced(Map<String, JsonValue> members) throws CodecException {
        return unplaced(json().write(new JsonValue.Obj(members)));
    }

    private Object unplaced(String text) throws CodecException {
        try {
            return codec.read(text);
        } catch (CodecException refused) {
            throw new CodecException(
                    refused.code(),
                    refused.pointer(),
                    0,
                    0,
                    refused.getMessage(),
                    refused.suggestion());
        }
    }
}
