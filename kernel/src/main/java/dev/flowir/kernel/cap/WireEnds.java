package dev.flowir.kernel.cap;

/**
 * Who takes connections: what an application gives to a host for a path. Neither knows the other.
 */
@FunctionalInterface
public interface WireEnds {

    /**
     * Takes a connection that is open. Does not wait: refuses by {@link Wire#close} later on.
     *
     * @param request how the client asked for it
     * @param wire the connection
     * @return who is told what comes
     */
    WireEnd open(WireRequest request, Wire wire);
}
