package dev.flowir.wasm.json;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Forms of the types that need no code of their own. */
public final class Forms {

    /** Any JSON. */
    public static final Form<JsonValue> JSON =
            new Form<>() {
                @Override
                public JsonValue read(JsonIn in) throws CodecException {
                    return in.value();
                }

                @Override
                public void write(JsonValue value, JsonOut out) throws CodecException {
                    out.value(value);
                }

                @Override
                public String article() {
                    return "JsonValue";
                }

                @Override
                boolean takesNull() {
                    return true;
                }
            };

    /** A string. */
    public static final Form<String> TEXT =
            new Form<>() {
                @Override
                public String read(JsonIn in) throws CodecException {
                    in.expect(JsonIn.Kind.TEXT, this);
                    return in.string();
                }

                @Override
                public void write(String value, JsonOut out) throws CodecException {
                    out.string(value);
                }

                @Override
                public String article() {
                    return "text";
                }
            };

    /** A boolean. */
    public static final Form<Boolean> BOOLEAN =
            new Form<>() {
                @Override
                public Boolean read(JsonIn in) throws CodecException {
                    in.expect(JsonIn.Kind.BOOLEAN, this);
                    return in.bool();
                }

                @Override
                public void write(Boolean value, JsonOut out) {
                    out.raw(value.toString());
                }

                @Override
                public String article() {
                    return "true or false";
                }

                @Override
                public Parameter parameter() {
                    return Parameter.BOOLEAN;
                }
            };

    private Forms() {}

    /** Makes a number of its text. */
    private interface Parse<T> {
        T parse(String text);
    }

    /** Makes a number of a small one; null where it is out of the range. */
    private interface Small<T> {
        @Nullable T of(int value);
    }

    private static final class NumberForm<T extends Number> extends Form<T> {
        private final String article;
        private final boolean whole;
        private final String range;
        private final @Nullable Small<T> small;
        private final Parse<T> parse;

        NumberForm(
                String article,
                boolean whole,
                String range,
                @Nullable Small<T> small,
                Parse<T> parse) {
            this.article = article;
            this.whole = whole;
            this.small = small;
            this.range = range;
            this.parse = parse;
        }

        @Override
        public T read(JsonIn in) throws CodecException {
            int start = in.here();
            if (small != null) {
                int value = in.small();
                T made = in.isSmall() ? small.of(value) : null;
                if (made != null) {
                    return made;
                }
                in.back(start);
            }
            in.expect(JsonIn.Kind.NUMBER, this);
            String text = in.number();
            if (whole && !isWhole(text)) {
                throw in.failAt(start, "DATA202", "expected " + article + ", found a number", "");
            }
            try {
                return parse.parse(text);
            } catch (ArithmeticException beyond) {
                throw in.failAt(
                        start,
                        "DATA202",
                        "expected " + fits(range) + ", found a number out of its range",
                        "");
            }
        }

        private static boolean isWhole(String text) {
            return text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0;
        }

        @Override
        public void write(T value, JsonOut out) {
            if (value instanceof Integer small) {
                out.whole(small);
                return;
            }
            String text = value.toString();
            boolean number = text.indexOf('N') < 0 && text.indexOf('I') < 0;
            out.raw(number ? text : '"' + text + '"');
        }

        @Override
        public String article() {
            return article;
        }

        @Override
        public Parameter parameter() {
            return Parameter.NUMBER;
        }
    }

    private static long within(String text, long min, long max) {
        long number;
        try {
            number = Long.parseLong(text);
        } catch (NumberFormatException beyond) {
            throw new ArithmeticException("no long");
        }
        if (number < min || number > max) {
            throw new ArithmeticException("out of range");
        }
        return number;
    }

    private static String fits(String type) {
        return "an integer that fits " + type;
    }

    /**
     * A whole number of 8 bits.
     *
     * @param type how the type is called in messages
     * @return its form
     */
    public static Form<Byte> int8(String type) {
        return new NumberForm<>(
                fits(type),
                true,
                "byte",
                value -> (byte) value == value ? (Byte) (byte) value : null,
                text -> (byte) within(text, Byte.MIN_VALUE, Byte.MAX_VALUE));
    }

    /**
     * A whole number of 16 bits.
     *
     * @param type how the type is called in messages
     * @return its form
     */
    public static Form<Short> int16(String type) {
        return new NumberForm<>(
                fits(type),
                true,
                "short",
                value -> (short) value == value ? (Short) (short) value : null,
                text -> (short) within(text, Short.MIN_VALUE, Short.MAX_VALUE));
    }

    /**
     * A whole number of 32 bits.
     *
     * @param type how the type is called in messages
     * @return its form
     */
    public static Form<Integer> int32(String type) {
        return new NumberForm<>(
                fits(type),
                true,
                "int",
                value -> value,
                text -> (int) within(text, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    /**
     * A whole number of 64 bits.
     *
     * @param type how the type is called in messages
     * @return its form
     */
    public static Form<Long> int64(String type) {
        return new NumberForm<>(
                fits(type),
                true,
                "long",
                value -> (long) value,
                text -> within(text, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    /** {@return a number of 32 bits with a fraction} */
    public static Form<Float> float32() {
        return new FractionForm<>(
                new NumberForm<>("a number", false, "", null, Float::parseFloat),
                Float.NaN,
                Float.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY);
    }

    /** {@return a number of 64 bits with a fraction} */
    public static Form<Double> float64() {
        return new FractionForm<>(
                new NumberForm<>("a number", false, "", null, Double::parseDouble),
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY);
    }

    /** {@return a whole number of any size} */
    public static Form<BigInteger> bigInteger() {
        return new NumberForm<>(fits("BigInteger"), true, "BigInteger", null, BigInteger::new);
    }

    /** {@return a number of any size with a fraction} */
    public static Form<BigDecimal> bigDecimal() {
        return new NumberForm<>("a number", false, "", null, BigDecimal::new);
    }

    /**
     * An array.
     *
     * @param item form of its items
     * @param <T> type of its items
     * @return its form
     */
    public static <T> Form<List<T>> list(Form<T> item) {
        return new Form<>() {
            @Override
            public List<T> read(JsonIn in) throws CodecException {
                in.expect(JsonIn.Kind.ARRAY, this);
                List<T> items = new ArrayList<>();
                in.begin();
                while (in.nextItem()) {
                    items.add(item.read(in));
                }
                in.leave();
                return items;
            }

            @Override
            public void write(List<T> value, JsonOut out) throws CodecException {
                out.begin('[');
                for (T each : value) {
                    out.next();
                    item.write(each, out);
                }
                out.end(']');
            }

            @Override
            public String article() {
                return "an array";
            }

            @Override
            public Parameter parameter() {
                return item.parameter().listed();
            }

            @Override
            public Form<?> element() {
                return item.element();
            }
        };
    }

    /**
     * An object whose members are of one type.
     *
     * @param value form of the members
     * @param <T> type of the members
     * @return its form
     */
    public static <T> Form<Map<String, T>> map(Form<T> value) {
        return new Form<>() {
            @Override
            public Map<String, T> read(JsonIn in) throws CodecException {
                in.expect(JsonIn.Kind.OBJECT, this);
                Map<String, T> members = new LinkedHashMap<>();
                in.begin();
                for (String name = in.nextName(); name != null; name = in.nextName()) {
                    members.put(name, value.read(in));
                }
                in.leave();
                return members;
            }

            @Override
            public void write(Map<String, T> members, JsonOut out) throws CodecException {
                out.begin('{');
                for (Map.Entry<String, T> member : members.entrySet()) {
                    if (!value.isLeftOut(member.getValue())) {
                        out.name(member.getKey());
                        value.write(member.getValue(), out);
                    }
                }
                out.end('}');
            }

            @Override
            public String article() {
                return "an object (Map)";
            }

            @Override
            String wanted() {
                return "an object (LinkedHashMap)"; // the class that the JVM's codec makes
            }
        };
    }

    /**
     * A value that may be absent; {@code null} is absent too.
     *
     * @param inner form of the value
     * @param <T> type of the value
     * @return its form
     */
    public static <T> Form<Optional<T>> optional(Form<T> inner) {
        return new Form<>() {
            @Override
            public Optional<T> read(JsonIn in) throws CodecException {
                return in.isNull() ? Optional.empty() : Optional.of(inner.read(in));
            }

            @Override
            public void write(Optional<T> value, JsonOut out) throws CodecException {
                if (value.isEmpty()) {
                    out.raw("null");
                } else {
                    inner.write(value.get(), out);
                }
            }

            @Override
            public String article() {
                return inner.article();
            }

            @Override
            public Parameter parameter() {
                return inner.parameter();
            }

            @Override
            public Form<?> element() {
                return inner.element();
            }

            @Override
            Optional<Absent> absent() {
                return Optional.of(new Absent(Optional.empty()));
            }

            @Override
            @SuppressWarnings("ConstantValue") // as above
            boolean isLeftOut(Optional<T> value) {
                return value == null || value.isEmpty();
            }

            @Override
            boolean takesNull() {
                return true;
            }
        };
    }

    /**
     * A component that is marked {@code @Nullable}.
     *
     * @param inner form of the value
     * @param <T> type of the value
     * @return its form
     */
    public static <T> Form<@Nullable T> nullable(Form<T> inner) {
        return new Form<@Nullable T>() {
            @Override
            @SuppressWarnings("NullAway") // that it may be null is what the form is for
            public @Nullable T read(JsonIn in) throws CodecException {
                return in.isNull() ? null : inner.read(in);
            }

            @Override
            public void write(@Nullable T value, JsonOut out) throws CodecException {
                if (value == null) {
                    out.raw("null");
                } else {
                    inner.write(value, out);
                }
            }

            @Override
            public String article() {
                return inner.article();
            }

            @Override
            public Parameter parameter() {
                return inner.parameter();
            }

            @Override
            public Form<?> element() {
                return inner.element();
            }

            @Override
            Optional<Absent> absent() {
                return Optional.of(new Absent(null));
            }

            @Override
            boolean isLeftOut(@Nullable T value) {
                return value == null;
            }

            @Override
            boolean takesNull() {
                return true;
            }
        };
    }
}
