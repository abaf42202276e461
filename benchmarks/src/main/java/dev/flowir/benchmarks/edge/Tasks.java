package dev.flowir.benchmarks.edge;

import dev.flowir.wasm.build.BuildException;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import dev.flowir.wasm.build.WorkerProject;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The task runner with a database and a queue, beside one that is written by hand. The platform's
 * simulator keeps both, so all of them stand behind it.
 */
final class Tasks {

    /** By its name: it is an example, and no library. */
    private static final String APPLICATION = "dev.flowir.examples.taskrunner.EdgeSqlTaskRunner";

    private static final byte[] POST = Conversation.post("/task", "{\"work\":\"demo\"}");
    private static final Pattern ID = Pattern.compile("\\{\"taskId\":\"([0-9a-f-]{36})\",.*");

    /** How long a task may take until it is done, in looks. */
    private static final int LOOKS = 30_000;

    /**
     * What was measured of one contender.
     *
     * @param bytes of its modules, packed with gzip
     * @param answered from the start of the simulator to the first answer
     * @param first from the time it listened to the first answer
     * @param posts tasks that are accepted
     * @param reads of a task that is done
     */
    record Figures(long bytes, Times answered, Times first, Times posts, Times reads) {}

    private final Path tools;
    private final Map<Contender, Path> projects = new EnumMap<>(Contender.class);

    private Tasks(Path tools) {
        this.tools = tools;
    }

    /** Writes their projects. */
    static Tasks in(Path folder, Path tools) throws IOException, BuildException {
        Tasks tasks = new Tasks(tools);
        for (Contender who : Contender.values()) {
            Path project = folder.resolve("tasks-" + who.name().toLowerCase(Locale.ROOT));
            write(project, who.target().orElse(Target.JAVASCRIPT));
            if (who.target().isEmpty()) {
                writtenByHand(project.resolve("src"));
            }
            tasks.projects.put(who, project);
        }
        return tasks;
    }

    /** One client posts as fast as it is answered, so the limit is asked for and never met. */
    private static void write(Path project, Target target) throws IOException, BuildException {
        List<Path> classPath =
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(Path::of)
                        .toList();
        new WorkerProject("tasks", APPLICATION, classPath, target, Map.of(), Set.of())
                .writeLocal(project);
        Path said = project.resolve("wrangler.json");
        String config = Files.readString(said);
        String wide = config.replace("\"limit\": 100,", "\"limit\": 1000000000,");
        if (wide.equals(config)) {
            throw new IOException("no limit of posts in " + said);
        }
        Files.writeString(said, wide);
    }

    /** The same bindings, with other code. */
    private static void writtenByHand(Path source) throws IOException {
        try (DirectoryStream<Path> modules = Files.newDirectoryStream(source)) {
            for (Path module : modules) {
                Files.delete(module);
            }
        }
        try (InputStream in = Tasks.class.getResourceAsStream("tasks.mjs")) {
            if (in == null) {
                throw new IOException("nobody wrote tasks.mjs");
            }
            Files.copy(in, source.resolve("worker.mjs"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Starts all of them by turns, then asks them by turns, for so many slices each. */
    Map<Contender, Figures> measure(int starts, int slices, long millis)
            throws IOException, BuildException, InterruptedException {
        Map<Contender, Figures> all = new EnumMap<>(Contender.class);
        for (Map.Entry<Contender, Path> each : projects.entrySet()) {
            long bytes = EdgeBench.gzipped(each.getValue().resolve("src"));
            all.put(
                    each.getKey(),
                    new Figures(bytes, new Times(), new Times(), new Times(), new Times()));
        }
        // The first round fills the caches of the disk.
        for (int round = -1; round < starts; round++) {
            for (Map.Entry<Contender, Figures> each : all.entrySet()) {
                start(
                        each.getKey(),
                        round < 0 ? new Times() : each.getValue().answered(),
                        round < 0 ? new Times() : each.getValue().first());
            }
        }
        for (int slice = -1; slice < slices; slice++) {
            for (Map.Entry<Contender, Figures> each : all.entrySet()) {
                // Each time in a process of its own, so that the tables do not grow.
                slice(
                        each.getKey(),
                        millis,
                        slice < 0 ? new Times() : each.getValue().posts(),
                        slice < 0 ? new Times() : each.getValue().reads());
            }
        }
        return all;
    }

    private LocalWorker run(Contender who) throws BuildException, InterruptedException {
        Path project = projects.get(who);
        if (project == null) {
            throw new IllegalStateException("no project of " + who.title());
        }
        return LocalWorker.start(project, tools, 0, Map.of(), line -> {});
    }

    private void start(Contender who, Times answered, Times first)
            throws IOException, BuildException, InterruptedException {
        long started = System.nanoTime();
        try (LocalWorker worker = run(who)) {
            long listening = System.nanoTime();
            try (Conversation talk = new Conversation(worker.address().getPort())) {
                id(talk.ask(POST));
            }
            long over = System.nanoTime();
            answered.add(over - started);
            first.add(over - listening);
        }
    }

    private void slice(Contender who, long millis, Times posts, Times reads)
            throws IOException, BuildException, InterruptedException {
        try (LocalWorker worker = run(who);
                Conversation talk = new Conversation(worker.address().getPort())) {
            byte[] done = Conversation.get("/task/" + done(talk));
            // A third warms up.
            ask(talk, done, millis / 3, new Times());
            ask(talk, done, millis, reads);
            ask(talk, POST, millis / 3, new Times());
            ask(talk, POST, millis, posts);
        }
    }

    private static void ask(Conversation talk, byte[] request, long millis, Times times)
            throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long before = System.nanoTime();
        while (before < end) {
            talk.ask(request);
            long after = System.nanoTime();
            times.add(after - before);
            before = after;
        }
    }

    /** A task that went its whole way, so that all do what they are measured for. */
    private static String done(Conversation talk) throws IOException {
        String id = id(talk.ask(POST));
        String wanted = "{\"taskId\":\"" + id + "\",\"status\":\"completed\"}";
        byte[] look = Conversation.get("/task/" + id);
        for (int i = 0; i < LOOKS; i++) {
            if (talk.ask(look).equals(wanted)) {
                return id;
            }
        }
        throw new IOException("a task is not done: " + talk.ask(look));
    }

    private static String id(String accepted) throws IOException {
        Matcher id = ID.matcher(accepted);
        if (!id.matches() || !accepted.endsWith("\"status\":\"pending\"}")) {
            throw new IOException("no task was accepted: " + accepted);
        }
        return id.group(1);
    }
}
