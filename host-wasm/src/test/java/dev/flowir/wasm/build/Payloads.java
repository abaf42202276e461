package dev.flowir.wasm.build;

import dev.flowir.ir.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Types with everything that has JSON at the edge, and random values of them. */
public final class Payloads {

    private Payloads() {}

    /** Constants. */
    public enum Color {
        RED,
        GREEN
    }

    /** A sealed type. */
    public sealed interface Shape {}

    /** A case. */
    public record Circle(double radius) implements Shape {}

    /** A case with a type of its own inside. */
    public record Group(List<Shape> parts, Optional<Shape> border) implements Shape {}

    /** A case without members. */
    public record Nothing() implements Shape {}

    /** Refuses some values. */
    public record Percent(int value) {
        /** Refuses numbers beyond 100. */
        public Percent {
            if (value < 0 || value > 100) {
                throw new IllegalArgumentException("not within 0 and 100: " + value);
            }
        }
    }

    /** A byte by itself. */
    public record Tiny(byte value) {}

    /** Everything. */
    public record All(
            String text,
            boolean flag,
            short small,
            int count,
            long big,
            float rough,
            double fine,
            Integer boxed,
            BigInteger huge,
            BigDecimal exact,
            Color color,
            Percent percent,
            Optional<String> maybe,
            @Nullable String perhaps,
            List<Integer> numbers,
            Map<String, Shape> shapes,
            JsonValue json) {}

    static All random(Random random) {
        return new All(
                text(random),
                random.nextBoolean(),
                (short) random.nextInt(),
                random.nextInt(),
                random.nextLong(),
                number(random).floatValue(),
                number(random).doubleValue(),
                random.nextInt(),
                new BigInteger(random.nextInt(1, 100), random),
                number(random),
                random.nextBoolean() ? Color.RED : Color.GREEN,
                new Percent(random.nextInt(101)),
                random.nextBoolean() ? Optional.empty() : Optional.of(text(random)),
                random.nextBoolean() ? null : text(random),
                random.ints(random.nextInt(4)).boxed().toList(),
                shapes(random),
                json(random, 3));
    }

    private static BigDecimal number(Random random) {
        return new BigDecimal(BigInteger.valueOf(random.nextLong()), random.nextInt(-12, 30));
    }

    private static Map<String, Shape> shapes(Random random) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            shapes.put(text(random), shape(random, 3));
        }
        return shapes;
    }

    private static Shape shape(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 3 : 2)) {
            case 0 -> new Circle(number(random).doubleValue());
            case 1 -> new Nothing();
            default ->
                    new Group(
                            List.of(shape(random, depth - 1), shape(random, depth - 1)),
                            random.nextBoolean()
                                    ? Optional.empty()
                                    : Optional.of(shape(random, depth - 1)));
        };
    }

    private static JsonValue json(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> JsonValue.nil();
            case 1 -> JsonValue.bool(random.nextBoolean());
            case 2 -> new JsonValue.Num(number(random).toString());
            case 3 -> JsonValue.text(text(random));
            case 4 -> {
                List<JsonValue> items = new ArrayList<>();
                for (int i = random.nextInt(3); i > 0; i--) {
                    items.add(json(random, depth - 1));
                }
                yield new JsonValue.Arr(items);
            }
            default -> {
                Map<String, JsonValue> members = new LinkedHashMap<>();
                for (int i = random.nextInt(3); i > 0; i--) {
                    members.put(text(random), json(random, depth - 1));
                }
                yield new JsonValue.Obj(members);
            }
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.appendCodePoint(
                    switch (random.nextInt(6)) {
                        case 0 -> random.nextInt(32);
                        case 1 -> "\"\\/\u007f".charAt(random.nextInt(4));
                        case 2 -> random.nextInt(0x80, 0xd800);
                        case 3 -> random.nextInt(0x10000, 0x110000);
                        default -> random.nextInt(32, 127);
                    });
        }
        return text.toString();
    }
}
