package dev.flowir.wasm.build;

import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgeContents;
import dev.flowir.wasm.EdgeMain;
import dev.flowir.wasm.EdgeManifest;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.teavm.vm.spi.TeaVMPlugin;

/**
 * Makes the modules of a worker out of an application's class: {@code worker.mjs} is the one that
 * the platform starts, everything else is imported by it.
 */
public final class WorkerBuild {

    private static final String OBJECTS = "dev.flowir.wasm.EdgeObjects";
    private static final String RUNS = "dev.flowir.wasm.EdgeRunKeeper";
    private static final String JOURNAL = "dev.flowir.kernel.journal";
    private static final String FORMS = "dev.flowir.wasm.EdgeFormRoute";
    private static final String LOG = "dev.flowir.object.log";

    /** Sums over bytes, which an isolate has to work out by itself. */
    private static final List<String> SUMS = List.of("Checksum", "Sha256");

    /** In front of the program, whose timers all go through it. */
    private static final String AT_ONCE =
            "const setTimeout = (task, millis) =>"
                    + " (millis > 0 ? globalThis.setTimeout(task, millis)"
                    + " : void Promise.resolve().then(task));\n";

    /** What follows in {@code platform.mjs} is for workers that messages or schedules start. */
    private static final String JOBS = "// ---- messages and schedules";

    /** In place of {@code bindings.mjs} where nothing is bound. */
    private static final String NO_BINDINGS =
            """
            // Nothing is bound to this worker.
            export const bindings = {};
            export function bind() {}
            """;

    /** Modules of bindings that not every worker has. */
    private static final List<Part> PARTS =
            List.of(
                    new Part("blobs", List.of("blobs"), Set.of("dev.flowir.wasm.EdgeBlobs")),
                    new Part(
                            "fetching",
                            List.of("fetching"),
                            Set.of("dev.flowir.wasm.EdgeExchange")),
                    new Part(
                            "sql", List.of("d1"), Set.of("dev.flowir.wasm.EdgeSql", OBJECTS, RUNS)),
                    new Part(
                            "sockets",
                            List.of("handed", "sockets"),
                            Set.of("dev.flowir.wasm.EdgeSockets")),
                    new Part("rates", List.of("rates"), Set.of("dev.flowir.wasm.EdgeRates")),
                    new Part("objects", List.of("objects"), Set.of(OBJECTS, RUNS)));

    /**
     * A module of bindings.
     *
     * @param module its name
     * @param exports what it exports
     * @param users classes that use it
     */
    private record Part(String module, List<String> exports, Set<String> users) {}

    private WorkerBuild() {}

    /**
     * Builds.
     *
     * @param application class that implements {@link EdgeApplication}
     * @param classPath where it and all that it uses are found, this library included
     * @param target what it is compiled to
     * @param folder where the modules are written
     * @throws BuildException when the application uses what an isolate does not have
     */
    public static void build(String application, List<Path> classPath, Target target, Path folder)
            throws BuildException {
        build(application, classPath, target, folder, folder.resolveSibling("generated"));
    }

    /** The same, with what only the build needs in {@code generated}. */
    static void build(
            String application, List<Path> classPath, Target target, Path folder, Path generated)
            throws BuildException {
        try {
            Files.createDirectories(folder);
            Files.createDirectories(generated);
            Written written = write(application, classPath, generated);
            List<String> objects = written.objects();
            List<Path> all = new ArrayList<>(List.of(generated));
            all.addAll(classPath);
            boolean hasJobs = written.features().contains(EdgeContents.JOBS);
            String platform = Resources.text("platform.mjs");
            Files.writeString(
                    folder.resolve("platform.mjs"),
                    Lean.of(hasJobs ? platform : platform.substring(0, platform.indexOf(JOBS))));
            if (written.binds()) {
                copy("bindings.mjs", folder, "bindings.mjs");
            } else {
                Files.writeString(folder.resolve("bindings.mjs"), NO_BINDINGS);
            }
            switch (target) {
                case JAVASCRIPT -> {
                    worker("worker-js.mjs", "() => program", hasJobs, objects, folder);
                    parts(
                            WorkerCompiler.compile(
                                    EdgeMain.class.getName(),
                                    written.features(),
                                    all,
                                    target,
                                    folder,
                                    "app.mjs"),
                            folder);
                    startAtOnce(folder.resolve("app.mjs"));
                }
                case WEBASSEMBLY -> {
                    worker("worker-wasm.mjs", "program", hasJobs, objects, folder);
                    copy("glue.mjs", folder, "glue.mjs");
                    Files.writeString(
                            folder.resolve("runtime.mjs"), Lean.of(WasmRuntime.patched()));
                    parts(
                            WorkerCompiler.compile(
                                    EdgeMain.class.getName(),
                                    written.features(),
                                    all,
                                    target,
                                    folder,
                                    "app.wasm"),
                            folder);
                }
            }
        } catch (IOException failed) {
            throw new BuildException("cannot write the worker to " + folder, failed);
        }
    }

    /**
     * Coroutines begin when the event that starts them is over. The program asks for that by a
     * timer of no time, which the platform is slow to fire.
     */
    private static void startAtOnce(Path program) throws IOException {
        Files.writeString(program, AT_ONCE + Files.readString(program));
    }

    /** Brings the bindings that the program uses, and only those. */
    private static void parts(Collection<String> reached, Path folder)
            throws IOException, BuildException {
        StringBuilder parts = new StringBuilder("// Bindings that this worker uses.\n");
        for (Part part : PARTS) {
            String file = part.module() + ".mjs";
            if (part.users().stream().anyMatch(reached::contains)) {
                copy(file, folder, file);
                parts.append(
                        "export { %s } from './%s';\n"
                                .formatted(String.join(", ", part.exports()), file));
            } else {
                Files.deleteIfExists(folder.resolve(file));
                part.exports()
                        .forEach(
                                it -> parts.append("export const %s = undefined;\n".formatted(it)));
            }
        }
        Files.writeString(folder.resolve("parts.mjs"), parts);
        if (reached.contains(FORMS)) {
            copy("forms.mjs", folder, "forms.mjs");
            Path bindings = folder.resolve("bindings.mjs");
            // put beside the others afterwards: workers without forms have nothing of them
            Files.writeString(
                    bindings,
                    "import { form } from './forms.mjs';\n"
                            + Files.readString(bindings)
                            + "bindings.form = form;\n");
        } else {
            Files.deleteIfExists(folder.resolve("forms.mjs"));
        }
    }

    /**
     * What was found out of an application.
     *
     * @param objects names of the classes of objects that the platform keeps for it
     * @param features what its flows need
     * @param binds true when the platform binds something to it
     */
    private record Written(List<String> objects, Set<String> features, boolean binds) {}

    /**
     * Writes what the isolate cannot find out by itself: the application, how its flows run, and
     * JSON of its types.
     */
    private static Written write(String application, List<Path> classPath, Path generated)
            throws IOException, BuildException {
        List<String> objects = new ArrayList<>();
        Set<String> features;
        boolean binds;
        try (URLClassLoader loader = WorkerCompiler.loader(classPath)) {
            Application loaded = Application.load(application, loader);
            loaded.check();
            Map<String, String> sources = FormWriter.write(loaded.types(), loaded.plans());
            for (String name : List.of("JsonCodecs", "JsonText")) {
                sources.put("dev.flowir.ir.json." + name, Resources.text(name + ".java"));
            }
            if (!loaded.plans().isEmpty()) {
                for (String name : SUMS) {
                    sources.put(JOURNAL + "." + name, Resources.text(name + ".java"));
                }
            }
            if (loaded.manifest().bindings().stream()
                    .anyMatch(it -> it.kind() == EdgeManifest.Kind.OBJECT)) {
                // objects may be logs, whose rows are tied by sums
                sources.put(LOG + ".Sha256", Resources.text("Sha256.java").replace(JOURNAL, LOG));
            }
            sources.put("dev.flowir.ir.Site", Resources.text("Site.java"));
            EdgeContents contents = loaded.contents();
            sources.put(EdgeContents.PROGRAMS, contents.programs());
            features = contents.features();
            binds = !loaded.manifest().bindings().isEmpty();
            JavaSources.compile(sources, classPath, generated);
            for (EdgeManifest.Binding binding : loaded.manifest().bindings()) {
                if (binding.kind() == EdgeManifest.Kind.OBJECT) {
                    objects.add(binding.resource());
                }
            }
        }
        service(generated, EdgeApplication.class, application);
        service(
                generated,
                TeaVMPlugin.class,
                Trimming.class.getName() + "\n" + Faults.class.getName());
        return new Written(objects, features, binds);
    }

    /** The module that the platform starts: its events, and the classes of its objects. */
    private static void worker(
            String resource, String program, boolean hasJobs, List<String> objects, Path folder)
            throws IOException, BuildException {
        StringBuilder text = new StringBuilder();
        for (String line : Resources.text(resource).lines().toList()) {
            if (hasJobs) {
                text.append(line).append('\n');
            } else if (!line.contains("consume(") && !line.contains("fire(")) {
                text.append(line.replace("consume, fire, serve", "serve")).append('\n');
            }
        }
        if (!objects.isEmpty()) {
            text.insert(0, "import { objectClass } from './objects.mjs';\n");
        }
        for (String name : objects) {
            text.append("\nexport const ")
                    .append(name)
                    .append(" = objectClass(")
                    .append(program)
                    .append(", '")
                    .append(name)
                    .append("');\n");
        }
        Files.writeString(folder.resolve("worker.mjs"), text);
    }

    private static void service(Path folder, Class<?> service, String provider) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(service.getName()), provider + "\n");
    }

    private static void copy(String resource, Path folder, String name)
            throws IOException, BuildException {
        Files.writeString(folder.resolve(name), Lean.of(Resources.text(resource)));
    }
}
