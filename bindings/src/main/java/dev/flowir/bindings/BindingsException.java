package dev.flowir.bindings;

import dev.flowir.ir.check.Location;
import dev.flowir.kernel.cap.Classified;
import dev.flowir.kernel.cap.FaultKind;

/**
 * Bindings that are refused. The message starts with the code, then says where, what is wrong and
 * what to do about it; values that were found there are not in it.
 */
public final class BindingsException extends RuntimeException implements Classified {

    private static final long serialVersionUID = 1;

    /** What is wrong. */
    private final BindingsFault fault;

    /** Where it is. */
    private final transient Location location;

    /** What to do about it. */
    private final String suggestion;

    BindingsException(BindingsFault fault, Location location, String what, String suggestion) {
        super("[" + fault.code() + "] " + place(location) + what + "; " + suggestion);
        this.fault = fault;
        this.location = location;
        this.suggestion = suggestion;
    }

    private static String place(Location location) {
        String file = location.position().map(at -> at + " ").orElse("");
        return file + (location.pointer().isEmpty() ? "" : location.pointer() + ": ");
    }

    /** {@return what is wrong} */
    public BindingsFault fault() {
        return fault;
    }

    @Override
    public FaultKind kind() {
        return fault.kind();
    }

    /** {@return where it is: a JSON pointer into the catalog or the lock, with line and column} */
    public Location location() {
        return location;
    }

    /** {@return what to do about it} */
    public String suggestion() {
        return suggestion;
    }
}
