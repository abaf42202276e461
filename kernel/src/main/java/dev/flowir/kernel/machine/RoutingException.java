package dev.flowir.kernel.machine;

/** An output that its node's routes, or the list that its per-item target needs, cannot use. */
public final class RoutingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RoutingException(String message) {
        super(message);
    }
}
