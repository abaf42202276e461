package dev.flowir.wasm;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Token;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.host.PathTemplate;
import dev.flowir.kernel.host.RouteTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A flow at a path, for those requests that guards let pass. */
class EdgeGuardedRoute extends EdgeRoute {

    /** Where the platform tells who asks; whoever asks cannot say otherwise. */
    private static final String CLIENT = "cf-connecting-ip";

    private final List<EdgeGuard> guards;

    /** What is missing, once it is known: what a worker has does not change while it lives. */
    private @Nullable List<String> lacks;

    EdgeGuardedRoute(
            Flow<?, ?> flow,
            String method,
            PathTemplate path,
            EdgeOptions options,
            List<EdgeGuard> guards) {
        super(flow, method, path, options);
        this.guards = List.copyOf(guards);
    }

    /** What guards of routes need and nothing serves, each with its route. */
    static void lacks(
            List<RouteTable.Entry<EdgeRoute>> entries,
            Capabilities capabilities,
            List<String> lines) {
        for (RouteTable.Entry<EdgeRoute> entry : entries) {
            entry.byMethod()
                    .forEach((method, route) -> {
                        if (route instanceof EdgeGuardedRoute guarded) {
                            for (String line : guarded.lacks(capabilities)) {
                                lines.add(
                                        guarded.what()
                                                + " of '"
                                                + method
                                                + " "
                                                + route.path()
                                                + "': "
                                                + line);
                            }
                        }
                    });
        }
    }

    private List<String> lacks(Capabilities capabilities) {
        return capabilities.missing(Set.of(), needs());
    }

    /** What the route itself asks, beside its flow. */
    List<Token<?>> needs() {
        List<Token<?>> tokens = new ArrayList<>();
        for (EdgeGuard guard : guards) {
            tokens.addAll(guard.needs());
        }
        return tokens;
    }

    /** Who asks it, for people. */
    String what() {
        return "guard";
    }

    @Override
    @Nullable EdgeReply stopped(EdgeCall call) {
        List<String> missing = lacks;
        if (missing == null) {
            missing = lacks(call.host().capabilities());
            lacks = missing;
        }
        if (!missing.isEmpty()) {
            return call.fail(new Failure.MissingCapabilities(missing));
        }
        for (EdgeGuard guard : guards) {
            EdgeVerdict verdict = guard.decide(new Seen(call));
            if (!(verdict instanceof EdgeVerdict.Allowed)) {
                return refusal(verdict, call.id());
            }
        }
        return null;
    }

    private static EdgeReply refusal(EdgeVerdict verdict, String id) {
        return switch (verdict) {
            case EdgeVerdict.Unauthorized unknown ->
                    EdgeHost.error(401, "unauthorized", id)
                            .header("www-authenticate", unknown.challenge());
            case EdgeVerdict.TooMany many ->
                    EdgeHost.error(429, "too many requests", id).retryAfter(many.retryAfter());
            case EdgeVerdict.Forbidden not -> EdgeHost.error(403, "forbidden", id);
            case EdgeVerdict.Allowed passed ->
                    throw new IllegalStateException("it may go on: " + passed);
        };
    }

    /** What is seen of a request. */
    private record Seen(EdgeCall call) implements EdgeVisit {

        @Override
        public Optional<String> header(String name) {
            return call.request().header(name);
        }

        @Override
        public String client() {
            return call.request().header(CLIENT).orElse("");
        }

        @Override
        public <H> H handle(Token<H> token) {
            CapabilityProvider provider =
                    call.host()
                            .capabilities()
                            .find(token)
                            .orElseThrow(() ->
                                    new IllegalArgumentException(
                                            "a guard asks for what it did not say it needs: "
                                                    + token));
            return provider.handle(token, Scope.outside("guard"));
        }
    }
}
