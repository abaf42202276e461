package dev.flowir.wasm.build;

import dev.flowir.ir.JsonValue;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What there is around a worker on this machine.
 *
 * @param secrets texts by name, of which those are taken that the project requires
 * @param services addresses of other workers by their names, without a slash at the end; what a
 *     worker asks of one that is not named is answered with 503
 * @param kept folder of what the worker stores; empty to forget it at the end
 */
public record LocalWorld(
        Map<String, String> secrets, Map<String, URI> services, Optional<Path> kept) {

    /** Copies the maps. */
    public LocalWorld {
        secrets = Map.copyOf(secrets);
        services = Map.copyOf(services);
    }

    /** As {@code serve.mjs} reads it. */
    JsonValue json() {
        Map<String, JsonValue> texts = new LinkedHashMap<>();
        secrets.forEach((name, text) -> texts.put(name, JsonValue.text(text)));
        Map<String, JsonValue> addresses = new LinkedHashMap<>();
        services.forEach((name, at) -> addresses.put(name, JsonValue.text(at.toString())));
        return new JsonValue.Obj(
                Map.of(
                        "secrets", new JsonValue.Obj(texts),
                        "services", new JsonValue.Obj(addresses)));
    }
}
