package dev.flowir.ir.render;

import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.ItemFailures;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.SurfaceKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Draws what surfaces say, as far as they say it: a malformed part leaves no mark. */
final class SurfaceMarks {

    private SurfaceMarks() {}

    static void draw(List<ControlSurface> surfaces, Picture picture) {
        for (ControlSurface surface : surfaces) {
            if (surface.config() instanceof JsonValue.Obj config) {
                draw(surface.kind(), config.members(), picture);
            }
        }
    }

    private static void draw(SurfaceKind kind, Map<String, JsonValue> config, Picture picture) {
        switch (kind) {
            case IF -> {
                way(picture, config, "source", "then", "then");
                way(picture, config, "source", "else", "else");
            }
            case SWITCH -> cases(config, picture);
            case FOR_EACH -> way(picture, config, "source", "body_entry", forEach(config));
            case LOOP -> loop(config, picture);
            case PARTITION -> partition(config, picture);
            case WINDOW -> window(config, picture);
            case TIMEOUT -> timeout(config, picture);
            case RATE_LIMIT -> note(picture, config, "target", "qps", "≤ ", burst(config));
            case ERROR_HANDLER -> errorHandler(config, picture);
        }
    }

    /** How many bodies run at a time is said where the flow says it. */
    private static String forEach(Map<String, JsonValue> config) {
        String what =
                config.get("batch") instanceof JsonValue.Obj batch
                                && batch.members().get("max_items") instanceof JsonValue.Num most
                        ? "batches of " + most.text()
                        : "for each";
        String width =
                config.get("max_in_flight") instanceof JsonValue.Num number
                        ? ", " + number.text() + " at a time"
                        : "";
        String failed =
                switch (text(config, ItemFailures.KEY).orElse("")) {
                    case "leave_out" -> ", failed left out";
                    case "replace" -> ", failed replaced";
                    default -> "";
                };
        return what + width + failed;
    }

    private static void cases(Map<String, JsonValue> config, Picture picture) {
        Optional<String> source = text(config, "source");
        if (source.isPresent() && config.get("cases") instanceof JsonValue.Obj cases) {
            for (Map.Entry<String, JsonValue> entry : cases.members().entrySet()) {
                if (entry.getValue() instanceof JsonValue.Text target) {
                    picture.control(source.get(), target.value(), entry.getKey());
                }
            }
        }
        way(picture, config, "source", "default", "otherwise");
    }

    private static void partition(Map<String, JsonValue> config, Picture picture) {
        Optional<String> key = text(config, "key");
        if (key.isPresent() && config.get("edge") instanceof JsonValue.Obj edge) {
            String turns = config.containsKey("key_pointer") ? " in turn" : "";
            String most =
                    config.get("max_waiting_per_key") instanceof JsonValue.Num number
                            ? ", " + number.text() + " waiting"
                            : "";
            way(picture, edge.members(), "from", "to", "by " + key.get() + turns + most);
        }
    }

    private static void errorHandler(Map<String, JsonValue> config, Picture picture) {
        Optional<String> strategy = text(config, "strategy");
        if (strategy.isPresent()
                && config.get("scope") instanceof JsonValue.Obj scope
                && scope.members().get("nodes") instanceof JsonValue.Arr nodes) {
            String times =
                    config.get("max_retries") instanceof JsonValue.Num number
                            ? " × " + number.text()
                            : "";
            Optional<String> undo = text(config, "compensate");
            Optional<String> letters = text(config, "dead_letter");
            for (JsonValue node : nodes.items()) {
                if (node instanceof JsonValue.Text alias && undo.isPresent()) {
                    picture.control(alias.value(), undo.get(), "undone by");
                } else if (node instanceof JsonValue.Text alias) {
                    picture.note(alias.value(), "on error " + strategy.get() + times);
                    letters.ifPresent(to -> picture.control(alias.value(), to, "given up"));
                }
            }
        }
    }

    /** The way back, which no edge is. */
    private static void loop(Map<String, JsonValue> config, Picture picture) {
        String rounds =
                config.get("max_iterations") instanceof JsonValue.Num most
                        ? ", ≤ " + most.text() + " rounds"
                        : "";
        String last = text(config, "body_exit").isPresent() ? "body_exit" : "body_entry";
        way(picture, config, last, "body_entry", "until done" + rounds);
    }

    private static String burst(Map<String, JsonValue> config) {
        return config.get("burst") instanceof JsonValue.Num burst && !burst.text().equals("1")
                ? " per second, " + burst.text() + " at once"
                : " per second";
    }

    /** Spans, by what and when: what a person asks of a window. A line holds 40 characters. */
    private static void window(Map<String, JsonValue> config, Picture picture) {
        Optional<String> target = text(config, "target");
        Optional<String> size = length(config, "size_ms");
        if (target.isEmpty() || size.isEmpty()) {
            return;
        }
        String node = target.get();
        picture.note(
                node,
                switch (text(config, "shape").orElse("tumbling")) {
                    case "session" -> "sessions until a gap of " + size.get();
                    case "sliding" ->
                            "windows of "
                                    + size.get()
                                    + length(config, "every_ms")
                                            .map(it -> ", every " + it)
                                            .orElse("");
                    default -> "windows of " + size.get();
                });
        String key =
                text(config, "key_pointer")
                        .map(pointer -> "by " + (pointer.equals("/@key") ? "key" : pointer) + ", ")
                        .orElse("");
        picture.note(node, key + text(config, "time").orElse("event") + " time");
        length(config, "out_of_order_ms").ifPresent(it -> picture.note(node, it + " out of order"));
        length(config, "allowed_lateness_ms").ifPresent(it -> picture.note(node, it + " late"));
        way(picture, config, "target", "late", "too late");
    }

    /** A length of time in the largest unit that it is whole in; empty when there is none. */
    private static Optional<String> length(Map<String, JsonValue> config, String key) {
        if (!(config.get(key) instanceof JsonValue.Num number) || number.text().equals("0")) {
            return Optional.empty();
        }
        String millis = number.text();
        boolean isInteger = millis.chars().allMatch(Character::isDigit);
        if (!isInteger || !millis.endsWith("000") || millis.length() > 15) {
            return Optional.of(millis + " ms");
        }
        long seconds = Long.parseLong(millis) / 1000;
        if (seconds % 3600 == 0) {
            return Optional.of(seconds / 3600 + " h");
        }
        return Optional.of(seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s");
    }

    private static void timeout(Map<String, JsonValue> config, Picture picture) {
        String then = text(config, "policy").map(policy -> " ms, then " + policy).orElse(" ms");
        note(picture, config, "target", "timeout_ms", "≤ ", then.replace('_', ' '));
        way(picture, config, "target", "dead_letter", "too late");
    }

    private static void way(
            Picture picture, Map<String, JsonValue> config, String from, String to, String label) {
        Optional<String> source = text(config, from);
        Optional<String> target = text(config, to);
        if (source.isPresent() && target.isPresent()) {
            picture.control(source.get(), target.get(), label);
        }
    }

    private static void note(
            Picture picture,
            Map<String, JsonValue> config,
            String target,
            String number,
            String before,
            String after) {
        Optional<String> alias = text(config, target);
        if (alias.isPresent() && config.get(number) instanceof JsonValue.Num value) {
            picture.note(alias.get(), before + value.text() + after);
        }
    }

    private static Optional<String> text(Map<String, JsonValue> config, String key) {
        return config.get(key) instanceof JsonValue.Text text
                ? Optional.of(text.value())
                : Optional.empty();
    }
}
