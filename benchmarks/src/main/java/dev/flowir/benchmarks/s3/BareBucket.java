package dev.flowir.benchmarks.s3;

import dev.flowir.testing.S3Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** The AWS SDK with the same HTTP client and the same bytes on their way. */
final class BareBucket implements Bucket {

    private final S3Client client;
    private final String bucket;

    BareBucket(S3Server server, String bucket) {
        this.bucket = bucket;
        this.client =
                S3Client.builder()
                        .endpointOverride(server.endpoint())
                        .region(Region.US_EAST_1)
                        .forcePathStyle(true)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create(
                                                S3Server.KEY_ID, S3Server.KEY_SECRET)))
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                        .httpClientBuilder(Apache5HttpClient.builder())
                        .build();
    }

    @Override
    public void put(String key, InputStream body, long length) {
        client.putObject(
                PutObjectRequest.builder().bucket(bucket).key(key).build(),
                RequestBody.fromContentProvider(() -> body, length, "application/octet-stream"));
    }

    @Override
    public long get(String key) throws IOException {
        try (InputStream in =
                client.getObject(GetObjectRequest.builder().bucket(bucket).key(key).build())) {
            return in.transferTo(OutputStream.nullOutputStream());
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
