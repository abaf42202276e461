package dev.flowir.s3;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Makes clients that send each call once. */
final class Clients {

    private Clients() {}

    static S3Client client(S3Settings settings) {
        S3Patience patience = settings.patience();
        Apache5HttpClient.Builder http =
                Apache5HttpClient.builder()
                        .maxConnections(settings.connections())
                        .connectionTimeout(patience.connect())
                        .connectionAcquisitionTimeout(patience.free())
                        .socketTimeout(patience.answer());
        settings.trusted().ifPresent(file -> http.tlsTrustManagersProvider(Trust.only(file)));
        var builder =
                S3Client.builder()
                        .region(Region.of(settings.region()))
                        .credentialsProvider(credentials(settings.login()))
                        .forcePathStyle(isInPath(settings))
                        // Bytes are signed or encrypted on their way, and compared with the sums
                        // that callers give before they leave.
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                        .overrideConfiguration(o ->
                                o.retryStrategy(AwsRetryStrategy.doNotRetry())
                                        .apiCallTimeout(patience.answer()))
                        .httpClientBuilder(http);
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    static S3Presigner presigner(S3Settings settings) {
        var builder =
                S3Presigner.builder()
                        .region(Region.of(settings.region()))
                        .credentialsProvider(credentials(settings.login()))
                        .serviceConfiguration(
                                S3Configuration.builder()
                                        .pathStyleAccessEnabled(isInPath(settings))
                                        .build());
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static boolean isInPath(S3Settings settings) {
        return settings.addressing() == S3Settings.Addressing.PATH;
    }

    private static AwsCredentialsProvider credentials(S3Login login) {
        return switch (login) {
            case S3Login.Keys keys ->
                    () -> AwsBasicCredentials.create(keys.id(), keys.secret().get());
            case S3Login.Surroundings() -> DefaultCredentialsProvider.builder().build();
        };
    }
}
