package dev.flowir.examples.taskrunner;

import dev.flowir.testing.RedisServer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A Redis server for a test class; each binding has a database of its own, with nothing in it. */
final class SharedServer implements Closeable {

    private static final int DATABASES = 64;

    private final RedisServer server;
    private int used;

    private SharedServer(RedisServer server) {
        this.server = server;
    }

    /** Starts one whose data outlive its process. */
    static SharedServer start(Path folder) throws IOException {
        return new SharedServer(
                RedisServer.start(
                        folder,
                        RedisServer.Fsync.EVERY_SECOND,
                        "--databases",
                        Integer.toString(DATABASES)));
    }

    /** What a deployment sets, and more, for a database that nobody has used. */
    Map<String, String> binding(Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(more);
        variables.put("REDIS_URL", "redis://127.0.0.1:" + server.port() + "/" + used++);
        return variables;
    }

    RedisServer server() {
        return server;
    }

    @Override
    public void close() {
        server.close();
    }
}
