package dev.flowir.cli;

import dev.flowir.wasm.build.BuildException;
import dev.flowir.wasm.build.Wrangler;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flow publish workers}. */
@Command(
        name = "workers",
        description = "Has the platform's own tool check or publish a project.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Needs node and npm. Wrangler is brought once, into --tools, by the version that is",
            "written down here. It publishes with the account that it is logged in to.",
            "Exit codes: 0 done, 1 wrangler refused it."
        })
final class PublishWorkersCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "FOLDER", description = "a project that flow package workers wrote")
    private Path project = Path.of("worker");

    @Option(names = "--dry-run", description = "only shows what would be sent")
    private boolean dryRun;

    @Option(names = "--deploy", description = "publishes")
    private boolean deploy;

    @Mixin private ToolsOption tools = new ToolsOption();

    PublishWorkersCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (dryRun == deploy) {
            throw new RefusedCommand("say --dry-run to see what would be sent, or --deploy");
        }
        Wrangler.Mode mode = deploy ? Wrangler.Mode.DEPLOY : Wrangler.Mode.DRY_RUN;
        try {
            Wrangler.deploy(project, tools.folder(), mode, console.out()::println);
            return ExitCode.OK;
        } catch (BuildException refused) {
            console.err().println(refused.getMessage());
            return ExitCode.INVALID;
        }
    }
}
