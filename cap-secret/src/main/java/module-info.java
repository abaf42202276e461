/** The secrets capability: names in flows, texts in none. */
@org.jspecify.annotations.NullMarked
module dev.flowir.secret {
    requires static org.jspecify;
    requires transitive dev.flowir.ir;
    requires transitive dev.flowir.kernel;

    exports dev.flowir.secret;

    provides dev.flowir.kernel.cap.CapabilityModule with
            dev.flowir.secret.SecretsModule;
    provides dev.flowir.kernel.cap.ProviderKinds with
            dev.flowir.secret.SecretKinds;
}
