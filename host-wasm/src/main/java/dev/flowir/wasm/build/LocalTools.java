package dev.flowir.wasm.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What runs workers on this machine: npm packages by a lock file, in a folder. */
final class LocalTools {

    private static final String LOCK_FILE = "package-lock.json";

    private LocalTools() {}

    /** Brings what the lock file names, once for each lock file; one process at a time. */
    static void bring(Path folder) throws IOException, BuildException, InterruptedException {
        Files.createDirectories(folder);
        try (FileChannel channel =
                        FileChannel.open(
                                folder.resolve("bringing.lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            Path brought = folder.resolve("brought-lock.json");
            String wanted = Resources.text("local/" + LOCK_FILE);
            Files.writeString(folder.resolve("serve.mjs"), Resources.text("local/serve.mjs"));
            if (lock.isValid()
                    && Files.exists(brought)
                    && wanted.equals(Files.readString(brought))) {
                return;
            }
            Files.writeString(folder.resolve(".npmrc"), Resources.text("local/npmrc"));
            Files.writeString(folder.resolve("package.json"), Resources.text("local/package.json"));
            Files.writeString(folder.resolve(LOCK_FILE), wanted);
            Process npm =
                    new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .start();
            String said = new String(npm.getInputStream().readAllBytes(), UTF_8);
            if (npm.waitFor() != 0) {
                throw new BuildException("npm cannot bring what runs workers:\n" + said);
            }
            Files.writeString(brought, wanted);
        }
    }
}
