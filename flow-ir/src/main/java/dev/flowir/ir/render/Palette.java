package dev.flowir.ir.render;

import dev.flowir.ir.Effects;

/** Colours by effects; text on every fill keeps a contrast of more than 7 to 1. */
enum Palette {
    PURE("#e6f4ea", "#1e7d34"),
    READ_ONLY("#e5f0fb", "#1a5fb4"),
    EFFECTFUL("#fdeeda", "#b35900"),
    UNKNOWN("#ffffff", "#c01c28");

    static final String INK = "#1f2328";
    static final String MUTED = "#57606a";

    private final String fill;
    private final String stroke;

    Palette(String fill, String stroke) {
        this.fill = fill;
        this.stroke = stroke;
    }

    static Palette of(Picture.Box box) {
        return box.node().isEmpty() ? UNKNOWN : of(box.effects());
    }

    static Palette of(Effects effects) {
        return switch (effects) {
            case PURE -> PURE;
            case READ_ONLY -> READ_ONLY;
            case EFFECTFUL -> EFFECTFUL;
        };
    }

    String fill() {
        return fill;
    }

    String stroke() {
        return stroke;
    }

    /** Name of the class in the formats that have classes. */
    String className() {
        return switch (this) {
            case PURE -> "pure";
            case READ_ONLY -> "readOnly";
            case EFFECTFUL -> "effectful";
            case UNKNOWN -> "unknown";
        };
    }
}
