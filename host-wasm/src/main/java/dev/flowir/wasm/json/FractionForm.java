package dev.flowir.wasm.json;

import dev.flowir.ir.CodecException;
import org.jspecify.annotations.Nullable;

/**
 * Numbers with a fraction: those that JSON has no number for come as the texts as which they go,
 * and as the other texts that a JVM reads as them.
 */
final class FractionForm<T extends Number> extends Form<T> {
    private final Form<T> numbers;
    private final T none;
    private final T most;
    private final T least;

    FractionForm(Form<T> numbers, T none, T most, T least) {
        this.numbers = numbers;
        this.none = none;
        this.most = most;
        this.least = least;
    }

    @Override
    public T read(JsonIn in) throws CodecException {
        if (in.peek() == JsonIn.Kind.TEXT) {
            int start = in.here();
            T odd = odd(in.string());
            if (odd != null) {
                return odd;
            }
            in.back(start);
        }
        return numbers.read(in);
    }

    private @Nullable T odd(String text) {
        return switch (text) {
            case "NaN" -> none;
            case "Infinity", "+Infinity", "INF", "+INF" -> most;
            case "-Infinity", "-INF" -> least;
            default -> null;
        };
    }

    @Override
    public void write(T value, JsonOut out) throws CodecException {
        numbers.write(value, out);
    }

    @Override
    public String article() {
        return numbers.article();
    }

    @Override
    public Parameter parameter() {
        return numbers.parameter();
    }
}
