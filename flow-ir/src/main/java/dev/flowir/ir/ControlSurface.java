package dev.flowir.ir;

import java.util.List;

/**
 * A statement about control flow beside the edges.
 *
 * @param id name for people; need not be unique
 * @param kind what it does
 * @param targets aliases that it concerns
 * @param config free-form settings, {@link JsonValue.Null} when absent
 */
public record ControlSurface(String id, SurfaceKind kind, List<String> targets, JsonValue config) {

    /** Copies the list. */
    public ControlSurface {
        targets = List.copyOf(targets);
    }
}
