package dev.flowir.bindings;

import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.cap.Provision;
import dev.flowir.kernel.cap.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/** Settings of one provider or wrapper, which were checked. */
record Given(
        String instance,
        String binding,
        Map<String, JsonValue> settings,
        Function<String, Secret> secrets,
        ClassLoader loader,
        Shared shared)
        implements Provision {

    @Override
    public Optional<String> text(String setting) {
        return Optional.ofNullable(settings.get(setting)).flatMap(Doc::textOf);
    }

    @Override
    public OptionalLong number(String setting) {
        return settings.get(setting) instanceof JsonValue.Num(String number)
                ? OptionalLong.of(Long.parseLong(number))
                : OptionalLong.empty();
    }

    @Override
    public boolean flag(String setting) {
        return settings.get(setting) instanceof JsonValue.Bool(boolean value) && value;
    }

    @Override
    public Secret secret(String setting) {
        return secrets.apply(required(setting));
    }

    @Override
    public Map<String, Secret> secrets(String setting) {
        Map<String, Secret> found = new LinkedHashMap<>();
        if (settings.get(setting) instanceof JsonValue.Obj(var members)) {
            members.forEach((id, name) ->
                    Doc.textOf(name).ifPresent(text -> found.put(id, secrets.apply(text))));
        }
        return found;
    }

    @Override
    public <T> T shared(String name, Class<T> type, Supplier<T> open) {
        return shared.get(instance, name, type, open);
    }

    /** {@return no setting} */
    @Override
    public String toString() {
        return instance + " as '" + binding + "'";
    }
}
