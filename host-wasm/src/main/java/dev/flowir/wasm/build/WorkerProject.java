package dev.flowir.wasm.build;

import dev.flowir.wasm.EdgeManifest;
import dev.flowir.wasm.EdgeMigration;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A whole project of a worker: its modules in {@code src}, steps of schemas in {@code migrations},
 * and {@code wrangler.json} with all that its routes need of the platform, every value said.
 *
 * @param name of the worker: lower-case letters, digits and hyphens
 * @param application class that implements {@link dev.flowir.wasm.EdgeApplication}
 * @param classPath where it and all that it uses are found, this library included
 * @param target what it is compiled to
 * @param ids of the platform's KV namespaces and databases and numbers of its rate limits, by the
 *     names of their bindings
 * @param secrets names of the secrets that the platform was given for the worker
 */
public record WorkerProject(
        String name,
        String application,
        List<Path> classPath,
        Target target,
        Map<String, String> ids,
        Set<String> secrets) {

    private static final int MAX_NAME = 63;

    /** The simulator tells rate limits apart by the names of their bindings. */
    private static final String LOCAL_NUMBER = "1";

    /** Copies the collections. */
    public WorkerProject {
        classPath = List.copyOf(classPath);
        ids = new LinkedHashMap<>(ids);
        secrets = Set.copyOf(secrets);
    }

    /**
     * Writes the project. Nothing is written when it is refused.
     *
     * @param folder where
     * @throws BuildException when the project would not run: with {@code CAP101} when a flow needs
     *     a capability that nothing serves, {@code EDGE101} when a name is none to the platform,
     *     {@code EDGE102} when a namespace, database or rate limit has no id, {@code EDGE103} when
     *     a secret is not there, {@code EDGE105} when the id of a rate limit is no whole number
     */
    public void write(Path folder) throws BuildException {
        write(folder, binding -> "");
    }

    /**
     * Writes the project for the platform's simulator, which makes namespaces that have no id.
     *
     * @param folder where
     * @throws BuildException as for {@link #write(Path)}, but for missing ids
     */
    public void writeLocal(Path folder) throws BuildException {
        write(
                folder,
                binding ->
                        binding.kind() == EdgeManifest.Kind.RATE_LIMIT
                                ? LOCAL_NUMBER
                                : "local-" + binding.name());
    }

    private void write(Path folder, Function<EdgeManifest.Binding, String> idOf)
            throws BuildException {
        try {
            Planned planned = plan(idOf);
            Files.createDirectories(folder);
            Path generated = Files.createTempDirectory("flow-worker");
            try {
                WorkerBuild.build(application, classPath, target, folder.resolve("src"), generated);
            } finally {
                delete(generated);
            }
            writeMigrations(folder, planned.manifest());
            writePages(folder, planned.pages());
            Files.writeString(folder.resolve("wrangler.json"), planned.config());
            Files.writeString(folder.resolve("package.json"), WranglerConfig.packageText(name));
        } catch (IOException failed) {
            throw new BuildException("cannot write the project to " + folder, failed);
        }
    }

    /** Files for each step of a schema; those of steps that are no more are taken away. */
    private static void writeMigrations(Path folder, EdgeManifest manifest) throws IOException {
        if (Files.exists(folder.resolve("migrations"))) {
            delete(folder.resolve("migrations"));
        }
        for (EdgeManifest.Binding binding : manifest.bindings()) {
            if (!binding.migrations().isEmpty()) {
                Path steps = folder.resolve(WranglerConfig.migrationsFolder(binding));
                Files.createDirectories(steps);
                for (EdgeMigration step : binding.migrations()) {
                    Files.writeString(
                            steps.resolve(step.name() + ".sql"), WranglerConfig.text(step));
                }
            }
        }
    }

    /** Files that are no more are taken away. */
    private static void writePages(Path folder, Map<String, byte[]> pages) throws IOException {
        Path all = folder.resolve(WranglerConfig.PAGES);
        if (Files.exists(all)) {
            delete(all);
        }
        for (Map.Entry<String, byte[]> page : pages.entrySet()) {
            Path file = all.resolve(page.getKey());
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, page.getValue());
        }
    }

    /**
     * What is written besides the modules.
     *
     * @param config text of {@code wrangler.json}
     * @param manifest what the worker needs
     * @param pages files that the platform answers with, by their names
     */
    private record Planned(String config, EdgeManifest manifest, Map<String, byte[]> pages) {}

    private Planned plan(Function<EdgeManifest.Binding, String> idOf)
            throws IOException, BuildException {
        try (URLClassLoader loader = WorkerCompiler.loader(classPath)) {
            Application loaded = Application.load(application, loader);
            Map<String, String> all = new LinkedHashMap<>(ids);
            List<String> refusals = new ArrayList<>(loaded.missing());
            if (!isName(name)) {
                refusals.add(
                        "EDGE101: '"
                                + name
                                + "' is no name of a worker; it has 1 to 63 lower-case letters,"
                                + " digits and hyphens");
            }
            for (var binding : loaded.manifest().bindings()) {
                if (!isIdentifier(binding.name())) {
                    refusals.add(
                            "EDGE101: '"
                                    + binding.name()
                                    + "' is no name of a binding, which is an identifier of"
                                    + " JavaScript; bind the capability under a second, platform"
                                    + " name");
                }
                String needsId =
                        switch (binding.kind()) {
                            case KV -> "KV namespace";
                            case D1 -> "database";
                            case RATE_LIMIT -> "rate limit";
                            default -> "";
                        };
                all.putIfAbsent(binding.name(), idOf.apply(binding));
                String id = all.getOrDefault(binding.name(), "");
                boolean counts = binding.kind() == EdgeManifest.Kind.RATE_LIMIT;
                if (counts && !id.isEmpty() && !isWholeNumber(id)) {
                    refusals.add(
                            "EDGE105: the rate limit bound as '"
                                    + binding.name()
                                    + "' has the id '"
                                    + id
                                    + "'; it is a whole number from 1 on that you choose, for example "
                                    + binding.name()
                                    + "=1001");
                }
                if (!needsId.isEmpty() && id.isEmpty()) {
                    refusals.add(
                            "EDGE102: the "
                                    + needsId
                                    + " bound as '"
                                    + binding.name()
                                    + "' has no id; say which one it is, for example "
                                    + binding.name()
                                    + (counts ? "=1001" : "=0123456789abcdef0123456789abcdef"));
                }
            }
            for (var binding : loaded.manifest().bindings()) {
                if (binding.kind() == EdgeManifest.Kind.SECRET
                        && !secrets.contains(binding.name())) {
                    refusals.add(
                            "EDGE103: the secret '"
                                    + binding.name()
                                    + "' is not said to be there; give it to the platform, and say"
                                    + " its name");
                }
            }
            if (!refusals.isEmpty()) {
                throw new BuildException(String.join("\n", refusals));
            }
            Map<String, byte[]> pages = loaded.pages();
            return new Planned(
                    WranglerConfig.text(name, loaded.manifest(), all, !pages.isEmpty()),
                    loaded.manifest(),
                    pages);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static boolean isName(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_NAME
                && text.chars()
                        .allMatch(it ->
                                (it >= 'a' && it <= 'z') || (it >= '0' && it <= '9') || it == '-');
    }

    private static boolean isWholeNumber(String text) {
        return text.charAt(0) != '0' && text.chars().allMatch(it -> it >= '0' && it <= '9');
    }

    private static boolean isIdentifier(String text) {
        return !text.isEmpty()
                && !Character.isDigit(text.charAt(0))
                && text.chars()
                        .allMatch(it ->
                                it == '_' || (it < 0x80 && Character.isLetterOrDigit((char) it)));
    }
}
