package dev.flowir.object.agent;

import dev.flowir.ir.JsonValue;
import java.util.Optional;

/**
 * Whose call it is.
 *
 * @param id of the connection; another one when the client comes back
 * @param user who the host says it is
 * @param access what the connection may do
 */
public record AgentClient(String id, Optional<JsonValue> user, Access access) {

    /** What a connection may do. */
    public enum Access {
        /** Sees state and events, and calls methods that are open to readers. */
        READ,
        /** Also pushes state, and calls every method that is declared. */
        WRITE
    }
}
