package dev.flowir.examples.tiletar;

import dev.flowir.examples.tiletar.Messages.Part;
import dev.flowir.ir.WriteToken;
import java.io.IOException;

/** Takes the parts of archives that are under way: all that the node which sends them can do. */
interface Outlet {

    /** The effect hint of sending. */
    String HINT = "resource::archive::send";

    /** The determinism hint. */
    String DETERMINISM_HINT = "resource::archive";

    /**
     * Sends the next part; waits while its receiver takes nothing.
     *
     * @throws IOException when the receiver is gone
     */
    void send(Part part) throws IOException;

    /**
     * A token for nodes that send.
     *
     * @param binding name that a deployment binds
     */
    static WriteToken<Outlet> token(String binding) {
        return WriteToken.of("archive", binding, Outlet.class, HINT, DETERMINISM_HINT);
    }
}
