package dev.flowir.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.kernel.cap.UploadedFile;
import dev.flowir.wasm.build.BuildException;
import dev.flowir.wasm.build.Target;
import dev.flowir.wasm.build.WorkerProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of forms in a worker as JavaScript, and workers that are not built. */
class JavaScriptFormTest extends EdgeFormSuite {

    JavaScriptFormTest() {
        super(Target.JAVASCRIPT);
    }

    /** What a form can be. */
    record Upload(UploadedFile file) {}

    private static <T> Flow<T, T> echo(Class<T> type) {
        return Flow.define(
                "echo",
                "1.0.0",
                type,
                (g, in) -> g.then(in, Node.pure("echo", type, type, it -> it)));
    }

    /** Has no bucket. */
    public static final class Bucketless implements EdgeApplication {

        /** For packaging. */
        public Bucketless() {}

        @Override
        public EdgeRoutes routes() {
            return EdgeRoutes.none()
                    .form("POST", "/a", echo(Upload.class), it -> it, EdgeForm.into("files", ""));
        }
    }

    /** Takes no record. */
    public static final class Recordless implements EdgeApplication {

        /** For packaging. */
        public Recordless() {}

        @Override
        public EdgeRoutes routes() {
            return EdgeRoutes.none()
                    .bind(EdgeBindings.blobs("files"))
                    .form("POST", "/a", echo(String.class), it -> it, EdgeForm.into("files", ""));
        }
    }

    private static String refusal(Class<? extends EdgeApplication> application, Path folder) {
        WorkerProject project =
                new WorkerProject(
                        "lacking",
                        application.getName(),
                        Workers.classPath(),
                        Target.JAVASCRIPT,
                        Map.of(),
                        Set.of());
        BuildException refused =
                assertThrows(BuildException.class, () -> project.writeLocal(folder.resolve("p")));
        return String.valueOf(refused.getMessage());
    }

    @Test
    void aFormWithoutItsBucketOrForAFlowThatTakesNoRecordRefusesTheProject(@TempDir Path folder) {
        assertEquals(
                "CAP101: form of 'POST /a': resource::blob::write (no binding 'files')",
                refusal(Bucketless.class, folder));
        assertFalse(Files.exists(folder.resolve("p")));
        String unfit = refusal(Recordless.class, folder);
        assertTrue(
                unfit.startsWith("flow 'echo': form(…) is for flows that take a record, whose"),
                unfit);
    }
}
