package dev.flowir.bindings;

import dev.flowir.kernel.cap.FaultKind;

/** What can be wrong with a deployment's bindings. Codes are stable; texts are not. */
public enum BindingsFault {
    /** It is no JSON, or has another shape. */
    UNREADABLE("BIND101"),
    /** The lock has no hash. */
    NO_HASH("BIND102"),
    /** The lock is not as it was made: its hash is another. */
    CHANGED("BIND103"),
    /** The version is not 1. */
    VERSION("BIND104"),
    /** The lock does not say when it was made. */
    NO_TIME("BIND105"),
    /** The lock does not name the flow. */
    NO_FLOW("BIND106"),
    /** A use names no hint, no instance, or an instance that does not provide it. */
    BAD_USE("BIND107"),
    /** No kind of provider or wrapper of this name is present. */
    UNKNOWN_KIND("BIND108"),
    /** A setting is missing, unknown or of another form. */
    BAD_SETTING("BIND109"),
    /** A flow asks for what no binding offers. */
    UNBOUND("BIND110"),
    /** There is no secret of the name that a setting gives. */
    NO_SECRET("BIND111"),
    /** Two modules bring a kind of the same name. */
    TWO_KINDS("BIND112");

    private final String code;

    BindingsFault(String code) {
        this.code = code;
    }

    /** {@return the stable code, for example {@code BIND103}} */
    public String code() {
        return code;
    }

    /** {@return which of the kinds that all capabilities share} */
    public FaultKind kind() {
        return switch (this) {
            case UNREADABLE, NO_HASH, NO_TIME, NO_FLOW, BAD_USE, BAD_SETTING -> FaultKind.INVALID;
            case CHANGED -> FaultKind.CORRUPT;
            case VERSION -> FaultKind.UNSUPPORTED;
            case UNKNOWN_KIND, UNBOUND, NO_SECRET -> FaultKind.NOT_FOUND;
            case TWO_KINDS -> FaultKind.CONFLICT;
        };
    }
}
