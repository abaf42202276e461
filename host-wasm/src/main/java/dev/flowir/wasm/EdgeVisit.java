package dev.flowir.wasm;

import dev.flowir.ir.Token;
import java.util.Optional;

/** A request, as who guards a route sees it. */
public interface EdgeVisit {

    /**
     * A header field.
     *
     * @param name its name, in any case
     * @return its value; empty when there is none
     */
    Optional<String> header(String name);

    /** {@return the address that the platform saw; empty text where it saw none} */
    String client();

    /**
     * A capability of the worker.
     *
     * @param token one of {@link EdgeGuard#needs}
     * @param <H> its handle
     * @return the handle
     */
    <H> H handle(Token<H> token);
}
