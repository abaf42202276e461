package dev.flowir.maven;

import dev.flowir.wasm.build.BuildException;
import dev.flowir.wasm.build.Target;
import dev.flowir.wasm.build.WorkerProject;
import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Writes a project that workerd runs: modules in {@code src}, and a {@code wrangler.json} that says
 * every binding, queue, retry and schedule of the application's routes. A project that would not
 * run fails the build, with the code that {@code flow package workers} tells, and nothing is
 * written.
 */
@Mojo(
        name = "package-workers",
        defaultPhase = LifecyclePhase.PACKAGE,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
public final class PackageWorkersMojo extends AbstractMojo {

    /** The class that implements {@code dev.flowir.wasm.EdgeApplication}. */
    @Parameter(property = "flow.application", required = true)
    private String application = "";

    /** Name of the worker: 1 to 63 lower-case letters, digits and hyphens. */
    @Parameter(property = "flow.worker", defaultValue = "${project.artifactId}")
    private String worker = "";

    /** What flows are compiled to: {@code webassembly} or {@code javascript}. */
    @Parameter(property = "flow.target", defaultValue = "webassembly")
    private String target = "";

    /** Where the project is written. */
    @Parameter(property = "flow.output", defaultValue = "${project.build.directory}/worker")
    private File output = new File("");

    /** Ids of KV namespaces, databases and rate limits, by the names of their bindings. */
    @Parameter private Map<String, String> ids = new LinkedHashMap<>();

    /** Names of the secrets that the platform was given for the worker. */
    @Parameter private Set<String> secrets = new LinkedHashSet<>();

    @Parameter(defaultValue = "${project.runtimeClasspathElements}", readonly = true)
    private List<String> classPath = List.of();

    @Parameter(defaultValue = "${plugin.artifacts}", readonly = true)
    private List<Artifact> compiler = List.of();

    /** Called by Maven. */
    public PackageWorkersMojo() {}

    @Override
    public void execute() throws MojoFailureException {
        try {
            new WorkerProject(worker, application, places(), target(), ids, secrets)
                    .write(output.toPath());
        } catch (BuildException refused) {
            throw new MojoFailureException(refused.getMessage(), refused);
        }
        getLog().info("worker '" + worker + "': " + output);
    }

    private Target target() throws MojoFailureException {
        for (Target known : Target.values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(target)) {
                return known;
            }
        }
        throw new MojoFailureException(
                "flow.target is '" + target + "'; it is webassembly or javascript");
    }

    /** What the application uses, then the library and its compiler as this plugin has them. */
    private List<Path> places() {
        return Stream.concat(
                        classPath.stream().map(Path::of),
                        compiler.stream().map(it -> it.getFile().toPath()))
                .distinct()
                .toList();
    }
}
