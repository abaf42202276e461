package dev.flowir.s3;

import dev.flowir.blob.Blobs;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.ProviderKind;
import dev.flowir.kernel.cap.ProviderKinds;
import dev.flowir.kernel.cap.Provision;
import dev.flowir.kernel.cap.Setting;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** What a deployment can bind to S3; found through {@link java.util.ServiceLoader}. */
public final class S3Kinds implements ProviderKinds {

    private static final String ENDPOINT = "endpoint";
    private static final String REGION = "region";
    private static final String BUCKET = "bucket";
    private static final String KEY_ID = "access_key_id";
    private static final String KEY = "secret_access_key";
    private static final String ADDRESSING = "addressing";
    private static final String CONNECTIONS = "connections";
    private static final String PROMISED = "promised_durability";

    /** Made by {@link java.util.ServiceLoader}. */
    public S3Kinds() {}

    @Override
    public List<ProviderKind> providers() {
        return List.of(
                new ProviderKind(
                        "blob.s3",
                        Blobs.DETERMINISM_HINT,
                        "a bucket of a server that speaks S3, shared by processes",
                        List.of(
                                Setting.address(ENDPOINT, "the server; Amazon's own without")
                                        .optional(),
                                Setting.text(REGION, "name of the region; us-east-1 without")
                                        .optional(),
                                Setting.text(BUCKET, "name of a bucket that is there"),
                                Setting.text(
                                                KEY_ID,
                                                "id of the access key; the surroundings' login without")
                                        .optional(),
                                Setting.secret(KEY, "secret of the access key").optional()),
                        List.of(
                                Setting.choice(
                                        ADDRESSING,
                                        List.of("host", "path"),
                                        "where the bucket's name stands; path with an endpoint, host"
                                                + " without one"),
                                Setting.number(
                                        CONNECTIONS, 1, 1000, "connections at once; 50 without"),
                                Setting.choice(
                                        PROMISED,
                                        List.of("none", "local_disk", "replicated"),
                                        "what a crash leaves; none with an endpoint, replicated"
                                                + " without one")),
                        S3Kinds::open));
    }

    /** Instances that say the same share connections. */
    private static CapabilityProvider open(Provision given) {
        S3Settings settings = settings(given);
        String secret = given.text(KEY).orElse("");
        S3 s3 = given.shared("s3:" + settings + ":" + secret, S3.class, () -> S3.at(settings));
        return s3.blobs(given.binding(), given.required(BUCKET));
    }

    private static S3Settings settings(Provision given) {
        S3Login login = login(given);
        String region = given.text(REGION).orElse("us-east-1");
        S3Settings settings =
                given.text(ENDPOINT)
                        .map(uri -> S3Settings.at(URI.create(uri), login).in(region))
                        .orElseGet(() -> S3Settings.amazon(region, login));
        settings = settings.connections(given.count(CONNECTIONS, settings.connections()));
        if (given.text(ADDRESSING).isPresent()) {
            settings =
                    settings.addressing(
                            S3Settings.Addressing.valueOf(upper(given.required(ADDRESSING))));
        }
        return given.text(PROMISED).isPresent()
                ? settings.promising(Descriptor.Durability.valueOf(upper(given.required(PROMISED))))
                : settings;
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }

    /** The secret is looked up for each call. */
    private static S3Login login(Provision given) {
        if (given.text(KEY_ID).isPresent() != given.text(KEY).isPresent()) {
            throw new IllegalArgumentException("an access key has an id and a secret; name both");
        }
        return given.text(KEY_ID)
                .map(id -> S3Login.keys(id, () -> given.secret(KEY).reveal()))
                .orElseGet(S3Login::surroundings);
    }
}
