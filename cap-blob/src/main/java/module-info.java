/** The blob capability: tokens, providers in memory and in files, change events, signing. */
@org.jspecify.annotations.NullMarked
module dev.flowir.blob {
    requires static org.jspecify;
    requires transitive dev.flowir.ir;
    requires transitive dev.flowir.kernel;
    requires transitive dev.flowir.store;
    requires java.net.http;
    requires org.slf4j;

    exports dev.flowir.blob;

    provides dev.flowir.kernel.cap.CapabilityModule with
            dev.flowir.blob.BlobModule;
    provides dev.flowir.kernel.cap.ProviderKinds with
            dev.flowir.blob.BlobKinds;
}
