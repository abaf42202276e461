package dev.flowir.wasm.guest;

import dev.flowir.ir.ReadToken;
import dev.flowir.ir.Token;
import dev.flowir.ir.WriteToken;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of a capability that a guest may use: a token, and the methods that the guest sees of
 * its handle. What is not named here a guest cannot reach.
 *
 * @param <H> the capability's handle
 * @param <T> its token
 */
public final class GuestPort<H, T extends Token<H>> {

    private final T token;
    private final Map<String, GuestMethod<? super H>> methods;

    private GuestPort(T token, Map<String, GuestMethod<? super H>> methods) {
        this.token = token;
        this.methods = methods;
    }

    /**
     * {@return a port to what reads, without methods yet}
     *
     * @param <H> the capability's handle
     * @param token what the node declares by it
     */
    public static <H> GuestPort<H, ReadToken<H>> of(ReadToken<H> token) {
        return new GuestPort<>(token, Map.of());
    }

    /**
     * {@return a port to what writes, without methods yet}
     *
     * @param <H> the capability's handle
     * @param token what the node declares by it
     */
    public static <H> GuestPort<H, WriteToken<H>> of(WriteToken<H> token) {
        return new GuestPort<>(token, Map.of());
    }

    /**
     * {@return the same with one more method}
     *
     * @param name as the guest calls it, for example {@code get}
     * @param method what it does
     */
    public GuestPort<H, T> method(String name, GuestMethod<? super H> method) {
        Map<String, GuestMethod<? super H>> more = new LinkedHashMap<>(methods);
        if (more.put(name, method) != null) {
            throw new IllegalArgumentException("the port has a method " + name + " already");
        }
        return new GuestPort<>(token, more);
    }

    T token() {
        return token;
    }

    BoundPort bound(H handle) {
        return new BoundPort(
                List.copyOf(methods.keySet()),
                (name, arguments) -> {
                    GuestMethod<? super H> method = methods.get(name);
                    if (method == null) {
                        throw new GuestException(
                                GuestFault.BAD_ANSWER,
                                "a port has "
                                        + String.join(", ", methods.keySet())
                                        + " and nothing of the name "
                                        + name);
                    }
                    return method.call(handle, arguments);
                });
    }
}
