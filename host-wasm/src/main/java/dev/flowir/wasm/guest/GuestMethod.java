package dev.flowir.wasm.guest;

import dev.flowir.ir.JsonValue;
import java.util.List;

/**
 * What a guest may call through a port.
 *
 * @param <H> the capability's handle
 */
@FunctionalInterface
public interface GuestMethod<H> {

    /**
     * {@return what the guest gets}
     *
     * @param handle the capability, for this attempt
     * @param arguments what the guest passed, in order
     * @throws Exception when the call fails; unless the guest catches it, the attempt fails with it
     */
    JsonValue call(H handle, List<JsonValue> arguments) throws Exception;
}
