package dev.flowir.secret;

import dev.flowir.kernel.cap.ProviderKind;
import dev.flowir.kernel.cap.ProviderKinds;
import dev.flowir.kernel.cap.Setting;
import java.util.List;

/** What a deployment can bind for secrets; found through {@link java.util.ServiceLoader}. */
public final class SecretKinds implements ProviderKinds {

    private static final String PREFIX = "prefix";
    private static final String FOLDER = "folder";

    /** Made by {@link java.util.ServiceLoader}. */
    public SecretKinds() {}

    @Override
    public List<ProviderKind> providers() {
        return List.of(
                new ProviderKind(
                        "secret.environment",
                        Secrets.DETERMINISM_HINT,
                        "secrets in variables of the environment",
                        List.of(Setting.text(PREFIX, "what the variables' names begin with")),
                        List.of(),
                        it ->
                                SecretVault.environment(
                                        it.binding(), System.getenv(), it.required(PREFIX))),
                new ProviderKind(
                        "secret.files",
                        Secrets.DETERMINISM_HINT,
                        "secrets in files, one for each, as containers mount them",
                        List.of(Setting.text(FOLDER, "folder of the files")),
                        List.of(),
                        it -> SecretVault.files(it.binding(), it.file(FOLDER))));
    }
}
