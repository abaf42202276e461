package dev.flowir.http;

import dev.flowir.kernel.cap.ProviderKind;
import dev.flowir.kernel.cap.ProviderKinds;
import dev.flowir.kernel.cap.Provision;
import dev.flowir.kernel.cap.Setting;
import java.util.List;
import java.util.Optional;

/** What a deployment can bind for HTTP; found through {@link java.util.ServiceLoader}. */
public final class HttpKinds implements ProviderKinds {

    private static final String BASE = "base";
    private static final String HEADER = "credential_header";
    private static final String PREFIX = "credential_prefix";
    private static final String CREDENTIAL = "credential";
    private static final String CONNECT = "connect_timeout_ms";
    private static final String FIRST_BYTE = "first_byte_timeout_ms";
    private static final String IDLE = "idle_timeout_ms";
    private static final String WHOLE = "whole_timeout_ms";
    private static final String REDIRECTS = "redirects";
    private static final String PRIVATE = "private_addresses";
    private static final String BREAKER = "circuit_breaker";

    private static final long HOUR_MILLIS = 3_600_000;
    private static final int MOST_REDIRECTS = 20;

    /** Made by {@link java.util.ServiceLoader}. */
    public HttpKinds() {}

    @Override
    public List<ProviderKind> providers() {
        return List.of(
                new ProviderKind(
                        "http.jdk",
                        Http.DETERMINISM_HINT,
                        "a service, called with the JDK's client",
                        List.of(
                                Setting.address(BASE, "address that targets are appended to"),
                                Setting.text(
                                                HEADER,
                                                "header of the credential; authorization without")
                                        .optional(),
                                Setting.text(
                                                PREFIX,
                                                "text before the credential, for example Bearer and a blank")
                                        .optional(),
                                Setting.secret(CREDENTIAL, "goes with every call to the base")
                                        .optional()),
                        List.of(
                                time(CONNECT, "until a connection stands; 5 s without"),
                                time(FIRST_BYTE, "until the reply begins; 30 s without"),
                                time(IDLE, "between two pieces of a reply; 30 s without"),
                                time(WHOLE, "for the whole call; 60 s without"),
                                Setting.number(
                                        REDIRECTS,
                                        0,
                                        MOST_REDIRECTS,
                                        "how many a question follows; 0 without"),
                                Setting.flag(
                                        PRIVATE,
                                        "whether addresses of private networks are called"),
                                Setting.flag(
                                        BREAKER,
                                        "whether a failing service is left alone for a while")),
                        HttpKinds::open));
    }

    private static Setting time(String name, String about) {
        return Setting.number(name, 1, HOUR_MILLIS, about);
    }

    private static HttpEndpoint open(Provision given) {
        return given.own(
                HttpEndpoint.class,
                () -> HttpEndpoint.open(given.binding(), given.required(BASE), settings(given)));
    }

    private static HttpSettings settings(Provision given) {
        HttpTimeouts times = HttpTimeouts.DEFAULT;
        HttpSettings settings =
                HttpSettings.DEFAULT
                        .with(
                                new HttpTimeouts(
                                        given.millis(CONNECT).orElse(times.connect()),
                                        given.millis(FIRST_BYTE).orElse(times.firstByte()),
                                        given.millis(IDLE).orElse(times.idle()),
                                        given.millis(WHOLE).orElse(times.whole())))
                        .withRedirects(given.count(REDIRECTS, 0));
        if (given.flag(PRIVATE)) {
            settings = settings.with(Egress.own().withPrivateAddresses());
        }
        if (given.flag(BREAKER)) {
            settings = settings.with(CircuitBreaking.DEFAULT);
        }
        return credentialed(settings, given);
    }

    /** The credential is looked up for each call. */
    private static HttpSettings credentialed(HttpSettings settings, Provision given) {
        Optional<String> named = given.text(CREDENTIAL);
        if (named.isEmpty()) {
            return settings;
        }
        String before = given.text(PREFIX).orElse("");
        return settings.withHeader(
                given.text(HEADER).orElse("authorization"),
                () -> given.secret(CREDENTIAL).map(text -> before + text));
    }
}
