package dev.flowir.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Codecs;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.kernel.form.FormFields;
import dev.flowir.kernel.form.TakenForm;
import dev.flowir.kernel.host.PathTemplate;
import dev.flowir.servlet.RouteOptions.BodyForm;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a flow's input of a request.
 *
 * @param <I> type of the input
 */
final class PayloadReader<I> {

    private final Type<I> input;
    private final BodyForm form;
    private final byte[] emptyBody;
    private final Codec<I> codec;
    private final Codec<JsonValue> json;
    private final ParameterObject parameters;
    private final boolean hasExtras;
    private final Optional<FormFields> fields;

    /**
     * A reader for one route; {@code method} decides where the payload is when nothing was said.
     */
    PayloadReader(
            Type<I> input, String method, PathTemplate path, RouteOptions options, Codecs codecs) {
        this.input = input;
        this.form = formOf(options.form(), method);
        this.emptyBody = options.emptyBody().getBytes(UTF_8);
        this.codec = codecs.of(input);
        this.json = codecs.of(Type.of(JsonValue.class));
        this.parameters = new ParameterObject(input.raw());
        this.hasExtras = !path.parameters().isEmpty() || options.resumption().isPresent();
        boolean takesText = input.raw() == String.class || input.raw() == JsonValue.class;
        if (form == BodyForm.TEXT && (!takesText || hasExtras)) {
            throw new IllegalArgumentException(
                    "rawText() at '"
                            + path
                            + "' is for flows that take a String or a JsonValue and paths without"
                            + " parameters; this flow takes "
                            + input);
        }
        parameters.refuseStrangers(path, input);
        Set<String> given = new HashSet<>(path.parameters());
        options.resumption().ifPresent(how -> given.add(how.member()));
        this.fields =
                form == BodyForm.MULTIPART
                        ? Optional.of(FormShape.of(input, given))
                        : Optional.empty();
    }

    private static BodyForm formOf(BodyForm asked, String method) {
        if (asked != BodyForm.BY_METHOD) {
            return asked;
        }
        return switch (method) {
            case "POST", "PUT", "PATCH" -> BodyForm.JSON;
            default -> BodyForm.PARAMETERS;
        };
    }

    boolean wantsBody() {
        return form != BodyForm.PARAMETERS;
    }

    /** The fields of the form; only where the payload is one. */
    FormFields form() {
        return fields.orElseThrow();
    }

    boolean wantsJson() {
        return form == BodyForm.JSON;
    }

    /**
     * The input.
     *
     * @param body the whole body, empty when there is none
     * @param extras members that come from elsewhere, for example the id of the last event seen
     * @throws CodecException when the request is not the flow's input
     */
    I read(byte[] body, RequestHead head, Map<String, String> extras) throws CodecException {
        return switch (form) {
            case PARAMETERS -> fromParameters(head, extras);
            case TEXT -> fromText(body);
            case MULTIPART -> throw new IllegalStateException("a form is not read as a whole");
            case JSON, BY_METHOD -> fromJson(body.length == 0 ? emptyBody : body, head, extras);
        };
    }

    /**
     * The input of a form.
     *
     * @param taken the form
     * @param extras members that come from elsewhere
     * @throws CodecException when the form is not the flow's input
     */
    I readForm(TakenForm taken, RequestHead head, Map<String, String> extras)
            throws CodecException {
        Map<String, String> added = new LinkedHashMap<>(head.pathParameters());
        added.putAll(extras);
        Map<String, JsonValue> members =
                new LinkedHashMap<>(parameters.object(added, taken.texts()).members());
        members.putAll(taken.files());
        form().lists().forEach(name -> members.putIfAbsent(name, new JsonValue.Arr(List.of())));
        return unplaced(members);
    }

    private I fromJson(byte[] body, RequestHead head, Map<String, String> extras)
            throws CodecException {
        if (!hasExtras) {
            return codec.decode(body);
        }
        JsonValue value = json.decode(body);
        Map<String, JsonValue> members = new LinkedHashMap<>();
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
        Map<String, String> added = new LinkedHashMap<>(head.pathParameters());
        added.putAll(extras);
        for (String name : added.keySet()) {
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
        members.putAll(parameters.object(added, Map.of()).members());
        return unplaced(members);
    }

    private I fromParameters(RequestHead head, Map<String, String> extras) throws CodecException {
        Map<String, String> path = new LinkedHashMap<>(head.pathParameters());
        path.putAll(extras);
        if (input.raw() == String.class && path.size() == 1) {
            return codec.decode(json.encode(JsonValue.text(path.values().iterator().next())));
        }
        JsonValue.Obj all = parameters.object(path, head.query());
        boolean typed = input.raw().isRecord();
        return all.members().isEmpty() && !typed
                ? codec.decode(emptyBody)
                : unplaced(all.members());
    }

    private I fromText(byte[] body) throws CodecException {
        byte[] bytes = body.length == 0 ? emptyBody : body;
        String text;
        try {
            text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException broken) {
            throw new CodecException("DATA201", "", 0, 0, "the body is not UTF-8", "send UTF-8");
        }
        return codec.decode(json.encode(JsonValue.text(text)));
    }

    /** Decodes what was put together here: lines and columns would point into no text of his. */
    private I unplaced(Map<String, JsonValue> members) throws CodecException {
        byte[] text = json.encode(new JsonValue.Obj(members));
        try {
            return codec.decode(text);
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
