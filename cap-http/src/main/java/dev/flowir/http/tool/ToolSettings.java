package dev.flowir.http.tool;

import dev.flowir.http.HttpSettings;
import dev.flowir.kernel.cap.Secret;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * How a server of tools is called.
 *
 * @param http how calls are made; {@link dev.flowir.http.HttpTimeouts#whole()} is for a whole call
 * @param reading names of tools that only read: this deployment's word, not the server's
 * @param maxTools tools that a server may list; a list with more is refused
 * @param log is told of each call that is over, on the caller's thread
 */
public record ToolSettings(
        HttpSettings http, Set<String> reading, int maxTools, Consumer<ToolInvocation> log) {

    /** Tools listed unless told otherwise; servers in use have some tens. */
    public static final int DEFAULT_MAX_TOOLS = 1000;

    /** {@link HttpSettings#DEFAULT}; no tool is known to only read; nobody is told. */
    public static final ToolSettings DEFAULT =
            new ToolSettings(HttpSettings.DEFAULT, Set.of(), DEFAULT_MAX_TOOLS, call -> {});

    /** Copies the set, and refuses a negative bound. */
    public ToolSettings {
        reading = Set.copyOf(reading);
        if (maxTools < 0) {
            throw new IllegalArgumentException("maxTools must not be negative");
        }
    }

    /**
     * Other ways to call.
     *
     * @param settings how calls are made
     * @return the settings with it
     */
    public ToolSettings with(HttpSettings settings) {
        return new ToolSettings(settings, reading, maxTools, log);
    }

    /**
     * Names the tools that only read: {@link Tools#reader} may call them, and another attempt at
     * them does no harm.
     *
     * @param tools their names
     * @return the settings with them
     */
    public ToolSettings reading(String... tools) {
        return new ToolSettings(http, Set.of(tools), maxTools, log);
    }

    /**
     * Another bound of a list.
     *
     * @param tools not negative
     * @return the settings with it
     */
    public ToolSettings withMaxTools(int tools) {
        return new ToolSettings(http, reading, tools, log);
    }

    /**
     * Tells of each call that is over.
     *
     * @param listener is told on the caller's thread
     * @return the settings with it
     */
    public ToolSettings telling(Consumer<ToolInvocation> listener) {
        return new ToolSettings(http, reading, maxTools, listener);
    }

    /**
     * A key that goes with every call, as {@code authorization: Bearer}.
     *
     * @param key gives it, asked for before each call
     * @return the settings with it
     */
    public ToolSettings withKey(Supplier<Secret> key) {
        return with(
                http.withHeader("authorization", () -> key.get().map(text -> "Bearer " + text)));
    }
}
