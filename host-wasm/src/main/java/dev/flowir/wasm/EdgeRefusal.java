package dev.flowir.wasm;

import dev.flowir.kernel.Failure;
import java.util.Optional;

/**
 * A flow that may not run here.
 *
 * @param failure why
 */
record EdgeRefusal(Failure failure) implements EdgeProgram {

    @Override
    public EdgeReply answer(EdgeCall call, Object input, EdgeLimit limit) {
        return call.fail(failure);
    }

    @Override
    public Optional<Failure> run(Platform platform, Object input, EdgeLimit limit, String id) {
        return Optional.of(failure);
    }
}
