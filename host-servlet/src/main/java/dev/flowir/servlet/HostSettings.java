package dev.flowir.servlet;

import dev.flowir.ir.Codecs;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kernel.host.Envelope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What counts for all routes. Each change gives another value. */
final class HostSettings {

    /** Who says which user asks. */
    enum UserSource {
        AUTHORIZER,
        TRUSTED_HEADER
    }

    static final HostSettings DEFAULT = new HostSettings();

    // Not final only so that a copy can be changed before anybody else sees it.
    private Codecs codecs = JsonCodecs.strict();
    private RouteOptions defaults = RouteOptions.DEFAULT;
    private HostLimits limits = HostLimits.DEFAULT;
    private Envelope.Causes causes = Envelope.Causes.HIDDEN;
    private UserSource user = UserSource.AUTHORIZER;
    private Optional<Reply> otherwise = Optional.empty();
    private List<RequestListener> listeners = List.of();

    private HostSettings() {}

    private HostSettings changed(Consumer<HostSettings> change) {
        HostSettings copy = new HostSettings();
        copy.codecs = codecs;
        copy.defaults = defaults;
        copy.limits = limits;
        copy.causes = causes;
        copy.user = user;
        copy.otherwise = otherwise;
        copy.listeners = listeners;
        change.accept(copy);
        return copy;
    }

    HostSettings with(Codecs newCodecs) {
        return changed(copy -> copy.codecs = newCodecs);
    }

    HostSettings with(RouteOptions newDefaults) {
        return changed(copy -> copy.defaults = newDefaults);
    }

    HostSettings with(HostLimits newLimits) {
        return changed(copy -> copy.limits = newLimits);
    }

    HostSettings with(Envelope.Causes newCauses) {
        return changed(copy -> copy.causes = newCauses);
    }

    HostSettings with(UserSource newUser) {
        return changed(copy -> copy.user = newUser);
    }

    HostSettings withOtherwise(Reply reply) {
        return changed(copy -> copy.otherwise = Optional.of(reply));
    }

    HostSettings withListener(RequestListener listener) {
        List<RequestListener> all = new ArrayList<>(listeners);
        all.add(listener);
        return changed(copy -> copy.listeners = List.copyOf(all));
    }

    Codecs codecs() {
        return codecs;
    }

    RouteOptions defaults() {
        return defaults;
    }

    HostLimits limits() {
        return limits;
    }

    Envelope.Causes causes() {
        return causes;
    }

    UserSource user() {
        return user;
    }

    Optional<Reply> otherwise() {
        return otherwise;
    }

    List<RequestListener> listeners() {
        return listeners;
    }
}
