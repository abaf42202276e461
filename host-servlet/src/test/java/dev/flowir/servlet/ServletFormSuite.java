package dev.flowir.servlet;

import dev.flowir.blob.BlobFiles;
import dev.flowir.blob.BlobStore;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.FileSink;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.testing.FormBench;
import dev.flowir.testing.FormContractTest;
import dev.flowir.testing.FormFlows;
import dev.flowir.testing.HostRoute;
import dev.flowir.testing.TestClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The rules of forms on one server for all of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServletFormSuite extends FormContractTest {

    private final Container container;
    private final BlobStore bucket = BlobStore.memory(FormFlows.BINDING);
    private final Counted files =
            new Counted(
                    BlobFiles.under(bucket.writer(Scope.outside("forms")), FormFlows.PREFIX),
                    new AtomicInteger());
    private Runtime runtime;
    private Container.Running running;

    @SuppressWarnings("NullAway.Init") // started before the first test
    ServletFormSuite(Container container) {
        this.container = container;
    }

    @BeforeAll
    void start() throws Exception {
        runtime = Runtime.builder().capabilities(Capabilities.none().with(bucket)).build();
        Routes routes = Routes.on(runtime);
        for (HostRoute each : FormFlows.plain()) {
            routes = ServletHost.added(routes, each);
        }
        for (FormFlows.Route each : FormFlows.forms()) {
            routes =
                    each.method().equals("PUT")
                            ? routes.put(
                                    each.path(), each.flow(), it -> it.form(files, each.limits()))
                            : routes.post(
                                    each.path(), each.flow(), it -> it.form(files, each.limits()));
        }
        running = container.start(new FlowServlet(routes));
    }

    @AfterAll
    void stop() throws Exception {
        running.stop().run();
        runtime.close(Duration.ZERO);
        bucket.close();
    }

    @Override
    protected FormBench open(TestClock clock) {
        URI address = URI.create("http://127.0.0.1:" + running.port());
        return new FormBench() {
            @Override
            public URI address() {
                return address;
            }

            @Override
            public int open() {
                return files.open().get();
            }
        };
    }

    /** Knows how many files were begun and are neither kept nor gone. */
    private record Counted(FileSink to, AtomicInteger open) implements FileSink {

        @Override
        public Received receive(String contentType, InputStream bytes) throws IOException {
            open.incrementAndGet();
            boolean taken = false;
            try {
                Received file = to.receive(contentType, bytes);
                taken = true;
                return new Taken(file, open, new AtomicInteger(1));
            } finally {
                if (!taken) {
                    open.decrementAndGet();
                }
            }
        }
    }

    private record Taken(FileSink.Received file, AtomicInteger open, AtomicInteger mine)
            implements FileSink.Received {

        @Override
        public String key() {
            return file.key();
        }

        @Override
        public void keep() {
            file.keep();
            open.addAndGet(-mine.getAndSet(0));
        }

        @Override
        public void discard() {
            file.discard();
            open.addAndGet(-mine.getAndSet(0));
        }
    }
}
