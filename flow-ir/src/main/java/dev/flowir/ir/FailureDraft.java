package dev.flowir.ir;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What nodes of a drawing do about failures, as error handlers and timeouts of the wire format. */
final class FailureDraft {

    private record Undoing(String alias, Map<String, JsonValue> config) {}

    private final Map<String, Map<String, JsonValue>> handlers = new LinkedHashMap<>();
    private final Map<String, Map<String, JsonValue>> timeouts = new LinkedHashMap<>();
    private final Map<String, String> letters = new LinkedHashMap<>();
    private final List<Undoing> undos = new ArrayList<>();

    /** What the options of a node ask for. */
    void options(String alias, Node<?, ?> node) {
        node.option(NodeOption.Retry.class)
                .ifPresent(retry -> {
                    Map<String, JsonValue> config = scoped(alias, "retry");
                    repeats(config, retry.maxRetries(), retry.backoff());
                    handlers.put(alias, config);
                });
        node.option(NodeOption.Timeout.class)
                .ifPresent(timeout ->
                        timeout.then().ifPresent(then -> late(alias, timeout.limit(), then)));
    }

    private void late(String alias, Duration limit, Overdue then) {
        Map<String, JsonValue> config = limited(alias, limit);
        switch (then) {
            case Overdue.Cancel ignored -> config.put("policy", JsonValue.text("cancel"));
            case Overdue.Retry retry -> {
                config.put("policy", JsonValue.text("retry"));
                repeats(config, retry.maxRetries(), retry.backoff());
            }
        }
    }

    /** What takes longer goes to {@code to}. */
    void late(String alias, Duration limit, String to) {
        Map<String, JsonValue> config = limited(alias, limit);
        config.put("policy", JsonValue.text("dead_letter"));
        config.put("dead_letter", JsonValue.text(to));
        letters.put(alias, to);
    }

    /** What cannot be worked on goes to {@code to}. */
    void letters(String alias, String to) {
        handlers.computeIfAbsent(alias, it -> scoped(it, "continue"))
                .put("dead_letter", JsonValue.text(to));
        letters.put(alias, to);
    }

    /** {@code by} undoes a node. */
    void undo(String alias, String by, Node<?, ?> node) {
        Map<String, JsonValue> config = scoped(alias, "fail");
        config.put("compensate", JsonValue.text(by));
        node.option(NodeOption.Timeout.class)
                .ifPresent(timeout ->
                        config.put(
                                "compensate_timeout_ms",
                                JsonValue.number(timeout.limit().toMillis())));
        undos.add(new Undoing(alias, config));
    }

    /** The surfaces: timeouts, error handlers, then what undoes. */
    List<ControlSurface> surfaces() {
        List<ControlSurface> all = new ArrayList<>();
        timeouts.forEach((alias, config) -> all.add(surface("timeout:", alias, config)));
        handlers.forEach((alias, config) -> all.add(surface("retry:", alias, config)));
        for (Undoing undo : undos) {
            all.add(
                    new ControlSurface(
                            "undo:" + undo.alias(),
                            SurfaceKind.ERROR_HANDLER,
                            List.of(undo.alias()),
                            new JsonValue.Obj(undo.config())));
        }
        return all;
    }

    private ControlSurface surface(String prefix, String alias, Map<String, JsonValue> config) {
        List<String> targets = new ArrayList<>(List.of(alias));
        if (config.containsKey("dead_letter")) {
            targets.add(letters.getOrDefault(alias, alias));
        }
        boolean bounds = prefix.equals("timeout:");
        return new ControlSurface(
                prefix + alias,
                bounds ? SurfaceKind.TIMEOUT : SurfaceKind.ERROR_HANDLER,
                targets,
                new JsonValue.Obj(config));
    }

    private Map<String, JsonValue> limited(String alias, Duration limit) {
        if (limit.toMillis() < 1) {
            throw new IllegalArgumentException("a timeout takes 1 ms or more, got " + limit);
        }
        Map<String, JsonValue> config = versioned();
        config.put("target", JsonValue.text(alias));
        config.put("timeout_ms", JsonValue.number(limit.toMillis()));
        if (timeouts.put(alias, config) != null) {
            throw new IllegalArgumentException(
                    "'" + alias + "' says already what follows when its time is over");
        }
        return config;
    }

    private static void repeats(Map<String, JsonValue> config, int maxRetries, Backoff backoff) {
        config.put("max_retries", JsonValue.number(maxRetries));
        config.put("backoff_ms", JsonValue.number(backoff.base().toMillis()));
        if (backoff.growth() != Backoff.Growth.CONSTANT) {
            config.put("backoff", JsonValue.text(backoff.growth().wire()));
            config.put("max_backoff_ms", JsonValue.number(backoff.most().toMillis()));
        }
        if (backoff.jitterPercent() > 0) {
            config.put("jitter_percent", JsonValue.number(backoff.jitterPercent()));
        }
    }

    private static Map<String, JsonValue> scoped(String alias, String strategy) {
        Map<String, JsonValue> config = versioned();
        config.put(
                "scope",
                new JsonValue.Obj(
                        Map.of("nodes", new JsonValue.Arr(List.of(JsonValue.text(alias))))));
        config.put("strategy", JsonValue.text(strategy));
        return config;
    }

    static Map<String, JsonValue> versioned() {
        Map<String, JsonValue> config = new TreeMap<>();
        config.put("v", JsonValue.number(1));
        return config;
    }
}
