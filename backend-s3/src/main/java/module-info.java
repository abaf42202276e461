/** Blobs on a server that speaks S3. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // S3 is its name, digit and all
module dev.flowir.s3 {
    requires static org.jspecify;
    requires transitive dev.flowir.blob;
    requires transitive dev.flowir.ir;
    requires transitive dev.flowir.kernel;
    requires software.amazon.awssdk.auth;
    requires software.amazon.awssdk.awscore;
    requires software.amazon.awssdk.core;
    requires software.amazon.awssdk.http;
    requires software.amazon.awssdk.http.apache5;
    requires software.amazon.awssdk.identity.spi;
    requires software.amazon.awssdk.regions;
    requires software.amazon.awssdk.services.s3;

    exports dev.flowir.s3;

    provides dev.flowir.kernel.cap.ProviderKinds with
            dev.flowir.s3.S3Kinds;
}
