package dev.flowir.ir.json;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.Type;
import dev.flowir.ir.check.Names;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** What the parser and the binder throw, as coded failures with a place and a suggestion. */
final class JsonFailures {

    static final String NOT_JSON = "DATA201";
    static final String WRONG_TYPE = "DATA202";
    static final String UNKNOWN_MEMBER = "DATA203";
    static final String MISSING = "DATA204";
    static final String WRONG_TAG = "DATA205";
    static final String BEYOND_LIMIT = "DATA206";
    static final String REFUSED_BY_TYPE = "DATA207";
    static final String TOO_LONG = "DATA208";
    static final String NOT_WRITABLE = "DATA209";
    static final String NO_JSON_FORM = "DATA210";

    /** Longest piece of a payload that a message repeats, in characters. */
    private static final int MAX_QUOTED = 60;

    private JsonFailures() {}

    static CodecException tooLong(Type<?> type, String how, JsonLimits limits) {
        return new CodecException(
                TOO_LONG,
                "",
                0,
                0,
                type + " as JSON " + how + " the limit of " + limits.maxBytes() + " bytes",
                "pass large content by reference, or raise the limit of the codec");
    }

    static CodecException nullPayload(Type<?> type) {
        String wanted = article(type.raw());
        return new CodecException(MISSING, "", 1, 1, "null is not " + wanted, "send " + wanted);
    }

    static CodecException empty(Type<?> type) {
        return new CodecException(
                NOT_JSON, "", 1, 1, "not JSON: the text is empty", "send " + article(type.raw()));
    }

    static CodecException trailing(TokenStreamLocation place) {
        return new CodecException(
                NOT_JSON,
                "",
                place.getLineNr(),
                place.getColumnNr(),
                "not JSON: something follows the value",
                "send one JSON value and nothing after it");
    }

    static void refuseOtherEncodings(byte[] bytes) throws CodecException {
        boolean mark = bytes.length >= 1 && (bytes[0] & 0xff) >= 0xef && (bytes[0] & 0xff) != 0xf0;
        boolean wide = bytes.length >= 2 && (bytes[0] == 0 || bytes[1] == 0);
        if (mark || wide) {
            throw new CodecException(
                    NOT_JSON,
                    "",
                    1,
                    1,
                    "the text is not UTF-8 or starts with a byte order mark",
                    "send UTF-8 without a byte order mark");
        }
    }

    static CodecException onRead(Type<?> type, byte[] bytes, JacksonException failure) {
        List<String> path = path(failure);
        return switch (failure) {
            case StreamConstraintsException beyond ->
                    atToken(
                            BEYOND_LIMIT,
                            path,
                            beyond,
                            "",
                            "raise the limit of the codec if this is meant");
            case UnrecognizedPropertyException unknown -> {
                List<String> names = new ArrayList<>();
                if (unknown.getKnownPropertyIds() != null) {
                    unknown.getKnownPropertyIds().forEach(id -> names.add(String.valueOf(id)));
                }
                yield at(
                        UNKNOWN_MEMBER,
                        path,
                        bytes,
                        unknown.getReferringClass().getSimpleName()
                                + " has no member "
                                + quoted(unknown.getPropertyName()),
                        Names.nearest(unknown.getPropertyName(), names)
                                .map(name -> "did you mean '" + name + "'?")
                                .orElse("known members: " + String.join(", ", names)));
            }
            case InvalidTypeIdException tag -> onTag(type, path, bytes, tag);
            case InvalidNullException none ->
                    at(MISSING, path, bytes, "null is not allowed here", "give a value");
            case ValueInstantiationException refused -> onConstructor(path, bytes, refused);
            case InvalidDefinitionException form ->
                    at(
                            NO_JSON_FORM,
                            path,
                            bytes,
                            form.getType() + " cannot be read from JSON",
                            "make it a record, and let its module open the package");
            case InputCoercionException range ->
                    at(
                            WRONG_TYPE,
                            path,
                            bytes,
                            "expected "
                                    + article(range.getTargetType())
                                    + ", found a number out of its range",
                            "");
            case MismatchedInputException mismatch -> onMismatch(path, bytes, mismatch);
            case StreamReadException syntax ->
                    atToken(NOT_JSON, path, syntax, "not JSON: ", "send one JSON value in UTF-8");
            default -> onOther(path, bytes, failure);
        };
    }

    static CodecException onWrite(Type<?> type, JacksonException failure) {
        String why =
                failure.getCause() == null
                        ? clipped(failure.getOriginalMessage())
                        : clipped(String.valueOf(failure.getCause()));
        return new CodecException(
                NOT_WRITABLE, pointer(path(failure)), type + " cannot be written as JSON: " + why);
    }

    private static CodecException onTag(
            Type<?> type, List<String> path, byte[] bytes, InvalidTypeIdException tag) {
        Class<?> base = tag.getBaseType() == null ? type.raw() : tag.getBaseType().getRawClass();
        List<String> names = SealedTypes.isTagged(base) ? SealedTypes.names(base) : List.of();
        String all = "one of " + String.join(", ", names);
        if (tag.getTypeId() == null) {
            return at(
                    WRONG_TAG,
                    path,
                    bytes,
                    "member '"
                            + SealedTypes.DISCRIMINATOR
                            + "' is missing: which "
                            + base.getSimpleName()
                            + " is it?",
                    "say " + all);
        }
        List<String> inside = new ArrayList<>(path);
        if (inside.isEmpty() || !inside.get(inside.size() - 1).equals(SealedTypes.DISCRIMINATOR)) {
            inside.add(SealedTypes.DISCRIMINATOR);
        }
        return at(
                WRONG_TAG,
                inside,
                bytes,
                base.getSimpleName() + " has no case " + quoted(tag.getTypeId()),
                Names.nearest(tag.getTypeId(), names)
                        .map(name -> "did you mean '" + name + "'?")
                        .orElse("say " + all));
    }

    private static CodecException onConstructor(
            List<String> path, byte[] bytes, ValueInstantiationException refused) {
        Throwable cause = refused.getCause();
        String why =
                cause == null || cause.getMessage() == null
                        ? ""
                        : ": " + clipped(cause.getMessage());
        return at(
                REFUSED_BY_TYPE,
                path,
                bytes,
                refused.getType().getRawClass().getSimpleName() + " refuses the value" + why,
                "");
    }

    private static CodecException onMismatch(
            List<String> path, byte[] bytes, MismatchedInputException mismatch) {
        Class<?> wanted = mismatch.getTargetType();
        Optional<JsonPlaces.Place> found = JsonPlaces.find(bytes, path);
        if (!path.isEmpty() && found.isPresent() && !found.get().exact()) {
            return onMissing(path, bytes, mismatch, found.get().names());
        }
        String expected = wanted == null ? "another value" : article(wanted);
        String seen = found.map(place -> ", found " + place.kind()).orElse("");
        return at(WRONG_TYPE, path, bytes, "expected " + expected + seen, choices(wanted));
    }

    private static CodecException onMissing(
            List<String> path,
            byte[] bytes,
            MismatchedInputException mismatch,
            List<String> given) {
        String name = path.get(path.size() - 1);
        List<String> strangers = new ArrayList<>(given);
        Object owner = mismatch.getPath().get(path.size() - 1).from();
        if (owner instanceof Class<?> raw && raw.isRecord()) {
            for (RecordComponent component : raw.getRecordComponents()) {
                strangers.remove(component.getName());
            }
        }
        Class<?> wanted = mismatch.getTargetType();
        return at(
                MISSING,
                path,
                bytes,
                "member " + quoted(name) + " is missing",
                Names.nearest(name, strangers)
                        .map(written -> "is " + quoted(written) + " meant to be '" + name + "'?")
                        .orElse(
                                "add '"
                                        + name
                                        + "'"
                                        + (wanted == null ? "" : ": " + article(wanted))));
    }

    private static CodecException onOther(
            List<String> path, byte[] bytes, JacksonException failure) {
        if (failure.getCause() instanceof CodecException located) {
            return located;
        }
        return at(WRONG_TYPE, path, bytes, clipped(failure.getOriginalMessage()), "");
    }

    private static String choices(@Nullable Class<?> wanted) {
        if (wanted == null || !wanted.isEnum()) {
            return "";
        }
        List<String> names = new ArrayList<>();
        for (Object constant : wanted.getEnumConstants()) {
            names.add(((Enum<?>) constant).name());
        }
        return "say one of " + String.join(", ", names);
    }

    private static CodecException at(
            String code, List<String> path, byte[] bytes, String message, String suggestion) {
        Optional<JsonPlaces.Place> place = JsonPlaces.find(bytes, path);
        return new CodecException(
                code,
                pointer(path),
                place.map(JsonPlaces.Place::line).orElse(0),
                place.map(JsonPlaces.Place::column).orElse(0),
                message,
                suggestion);
    }

    private static CodecException atToken(
            String code,
            List<String> path,
            JacksonException failure,
            String prefix,
            String suggestion) {
        TokenStreamLocation location = failure.getLocation();
        return new CodecException(
                code,
                pointer(path),
                location == null ? 0 : Math.max(location.getLineNr(), 0),
                location == null ? 0 : Math.max(location.getColumnNr(), 0),
                prefix + clipped(failure.getOriginalMessage()),
                suggestion);
    }

    private static List<String> path(JacksonException failure) {
        List<String> path = new ArrayList<>();
        for (JacksonException.Reference step : failure.getPath()) {
            path.add(
                    step.getPropertyName() == null
                            ? Integer.toString(Math.max(step.getIndex(), 0))
                            : step.getPropertyName());
        }
        return path;
    }

    private static String pointer(List<String> path) {
        StringBuilder text = new StringBuilder();
        for (String step : path) {
            text.append('/').append(clipped(step).replace("~", "~0").replace("/", "~1"));
        }
        return text.toString();
    }

    private static String article(Class<?> wanted) {
        if (wanted == String.class || wanted.isEnum() || wanted == Character.class) {
            return "text";
        }
        if (wanted == boolean.class || wanted == Boolean.class) {
            return "true or false";
        }
        if (wanted == double.class
                || wanted == float.class
                || wanted == Double.class
                || wanted == Float.class
                || wanted == java.math.BigDecimal.class) {
            return "a number";
        }
        if (wanted.isPrimitive() || Number.class.isAssignableFrom(wanted)) {
            return "an integer that fits " + wanted.getSimpleName();
        }
        if (wanted.isArray() || java.util.Collection.class.isAssignableFrom(wanted)) {
            return "an array";
        }
        if (wanted.isRecord() || java.util.Map.class.isAssignableFrom(wanted)) {
            return "an object (" + wanted.getSimpleName() + ")";
        }
        return wanted.getSimpleName();
    }

    private static String quoted(String text) {
        return "'" + clipped(text) + "'";
    }

    private static String clipped(String text) {
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < text.length() && kept.length() < MAX_QUOTED * 5; i++) {
            char next = text.charAt(i);
            kept.append(Character.isISOControl(next) ? ' ' : next);
        }
        return kept.length() < text.length() ? kept + "…" : kept.toString();
    }
}
