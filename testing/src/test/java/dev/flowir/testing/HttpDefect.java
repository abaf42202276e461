package dev.flowir.testing;

import dev.flowir.http.CallRate;
import dev.flowir.http.CircuitBreaking;
import dev.flowir.http.Egress;
import dev.flowir.http.HttpLimits;
import dev.flowir.http.HttpSettings;
import java.time.Duration;

/** What can be wrong with a provider of HTTP. */
enum HttpDefect {
    READERS_WRITE,
    IGNORES_FENCES,
    KEYS_BY_ATTEMPT,
    SENDS_TWICE,
    REPEATS_LOST_CALLS,
    FOLLOWS_REDIRECTS,
    SWALLOWS_INTERRUPTS,
    BOUNDS_NOTHING,
    LEAVES_STREAMS_OPEN,
    NAMES_NO_PLACE,
    REFUSES_WHAT_IS_LISTED,
    CALLS_INSIDE,
    NEVER_BREAKS,
    BREAKS_AT_ONCE,
    CALLS_AT_ANY_RATE,
    FORGETS_HEADERS;

    /** The settings that an endpoint with the defect goes by. */
    HttpSettings change(HttpSettings settings) {
        Duration second = Duration.ofSeconds(1);
        return switch (this) {
            case FOLLOWS_REDIRECTS -> settings.withRedirects(20);
            case BOUNDS_NOTHING -> settings.with(HttpLimits.DEFAULT);
            case REFUSES_WHAT_IS_LISTED, CALLS_INSIDE ->
                    settings.with(Egress.own().withPrivateAddresses());
            case NEVER_BREAKS -> settings.with(new CircuitBreaking(1000, 1000, 100, second, 1));
            case BREAKS_AT_ONCE -> settings.with(new CircuitBreaking(1, 1, 1, second, 1));
            case CALLS_AT_ANY_RATE -> settings.with(CallRate.perSecond(1_000_000));
            case FORGETS_HEADERS -> HttpSettings.DEFAULT.with(settings.egress()).withRedirects(3);
            default -> settings;
        };
    }
}
