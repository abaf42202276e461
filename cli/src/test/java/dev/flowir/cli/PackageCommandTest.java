package dev.flowir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgeRoutes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageCommandTest {

    /** Says what it hears. */
    public static final class Echo implements EdgeApplication {

        /** For packaging. */
        public Echo() {}

        @Override
        public EdgeRoutes routes() {
            Node<String, String> echo = Node.pure("echo", String.class, String.class, it -> it);
            return EdgeRoutes.none()
                    .post(
                            "/echo",
                            Flow.define(
                                    "echo", "1.0.0", String.class, (g, in) -> g.then(in, echo)));
        }
    }

    /** Needs a class that is not there, as an application does whose class path lacks a module. */
    public static final class Lacking implements EdgeApplication {

        /** For packaging. */
        public Lacking() {}

        @Override
        public EdgeRoutes routes() {
            throw new NoClassDefFoundError("dev/acme/Missing");
        }
    }

    @Test
    void whatTheClassPathLacksIsNamed(@TempDir Path folder) {
        Shell shell =
                Shell.flow(
                        "package",
                        "workers",
                        "--class",
                        Lacking.class.getName(),
                        "-o",
                        folder.resolve("worker").toString());
        assertEquals(ExitCode.INVALID, shell.exitCode());
        assertEquals(
                Lacking.class.getName()
                        + " needs what is not on the class path, or not in this version:"
                        + " dev/acme/Missing"
                        + System.lineSeparator(),
                shell.err());
    }

    @Test
    void row331_writesAProjectThatThePlatformsToolTakes(@TempDir Path folder) throws Exception {
        Path project = folder.resolve("echo");
        Shell shell =
                Shell.flow(
                        "package",
                        "workers",
                        "--class",
                        Echo.class.getName(),
                        "-o",
                        project.toString());
        assertEquals(new Shell(ExitCode.OK, project + System.lineSeparator(), ""), shell);
        assertTrue(
                Files.readString(project.resolve("wrangler.json")).contains("\"name\": \"echo\""));
        try (Stream<Path> files = Files.walk(project)) {
            assertEquals(
                    List.of(
                            "package.json",
                            "src/app.wasm",
                            "src/bindings.mjs",
                            "src/glue.mjs",
                            "src/parts.mjs",
                            "src/platform.mjs",
                            "src/runtime.mjs",
                            "src/worker.mjs",
                            "wrangler.json"),
                    files.filter(Files::isRegularFile)
                            .map(file -> project.relativize(file).toString())
                            .sorted()
                            .toList());
        }
        Shell published = dryRun(project);
        assertEquals(ExitCode.OK, published.exitCode(), published::toString);
        assertTrue(published.out().contains("app.wasm"), published.out());
        assertTrue(published.out().contains("--dry-run: exiting now."), published.out());
        Files.writeString(project.resolve("wrangler.json"), "{\"name\": 7}");
        Shell refused = dryRun(project);
        assertEquals(ExitCode.INVALID, refused.exitCode(), refused::toString);
        assertTrue(refused.err().startsWith("wrangler refused " + project), refused.err());
    }

    private static Shell dryRun(Path project) {
        return Shell.flow(
                "publish",
                "workers",
                project.toString(),
                "--dry-run",
                "--tools",
                ServeCommandTest.TOOLS);
    }

    @Test
    void publishingSaysHowFarAndWhat(@TempDir Path folder) {
        Shell neither = Shell.flow("publish", "workers", folder.toString());
        assertEquals(ExitCode.UNREADABLE, neither.exitCode());
        assertTrue(neither.err().contains("--dry-run"), neither.err());
        Shell empty = Shell.flow("publish", "workers", folder.toString(), "--deploy");
        assertEquals(ExitCode.INVALID, empty.exitCode());
        assertTrue(empty.err().startsWith("there is no wrangler.json in "), empty.err());
    }

    @Test
    void refusesWhatWouldNotRunAndWritesNothing(@TempDir Path folder) {
        Path project = folder.resolve("echo");
        Shell shell =
                Shell.flow(
                        "package",
                        "workers",
                        "--class",
                        Echo.class.getName(),
                        "--name",
                        "No Name",
                        "-o",
                        project.toString());
        assertEquals(ExitCode.INVALID, shell.exitCode());
        assertTrue(
                shell.err().startsWith("EDGE101: 'No Name' is no name of a worker"), shell.err());
        assertFalse(Files.exists(project));
        assertEquals(
                ExitCode.INVALID,
                Shell.flow("package", "workers", "--class", "no.Such", "-o", project.toString())
                        .exitCode());
    }
}
