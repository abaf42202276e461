package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.http.HttpFault;
import dev.flowir.http.HttpRemote;
import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.wasm.FetchCalls.Named;
import dev.flowir.wasm.FetchCalls.Piece;
import dev.flowir.wasm.FetchCalls.Single;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Requests that an isolate makes, for rules that run on the JVM. */
final class RelayedFetch implements HttpRemote {

    private static final Codec<Single> CALLS = JsonCodecs.strict().of(Type.of(Single.class));
    private static final Codec<Piece> PIECES = JsonCodecs.strict().of(Type.of(Piece.class));
    private static final Duration ASKED = Duration.ofSeconds(30);

    private final URI worker;

    RelayedFetch(URI worker) {
        this.worker = worker.resolve("/single");
    }

    @Override
    public long nowNanos() {
        return System.nanoTime();
    }

    /** Dates are read in the isolate; what they mean is shown there. */
    @Override
    public Optional<Instant> date(String text) {
        return Optional.empty();
    }

    @Override
    public List<Address> addresses(URI uri, Duration limit) throws Trouble, InterruptedException {
        Relay relay = new Relay(new Single("", uri.toString(), List.of(), Optional.empty(), 1000));
        List<Address> all = new ArrayList<>();
        Piece piece = relay.piece(ASKED);
        while (!piece.end()) {
            Named address = piece.address().orElseThrow();
            all.add(new Address(address.name(), FetchCalls.bytes(address.value())));
            piece = relay.piece(ASKED);
        }
        return all;
    }

    @Override
    public Reply send(Request request, Duration limit) throws Trouble, InterruptedException {
        List<Named> fields = new ArrayList<>();
        request.headers().forEach(it -> fields.add(new Named(it.name(), it.value())));
        Optional<String> body = Optional.empty();
        if (request.content().length().orElse(1) > 0) {
            try (InputStream in = request.content().open()) {
                body = Optional.of(FetchCalls.base64(in.readAllBytes()));
            } catch (IOException broken) {
                throw Trouble.of(HttpFault.REQUEST_BODY, broken.toString(), broken);
            }
        }
        Relay relay =
                new Relay(
                        new Single(
                                request.method(),
                                request.uri().toString(),
                                fields,
                                body,
                                Math.max(1, limit.toMillis())));
        try {
            FetchCalls.Head head = relay.piece(ASKED).head().orElseThrow();
            Map<String, List<String>> headers = new LinkedHashMap<>();
            head.headers()
                    .forEach(it ->
                            headers.computeIfAbsent(it.name(), name -> new ArrayList<>())
                                    .add(it.value()));
            return new Reply(head.status(), headers, relay);
        } catch (InterruptedException | Trouble failed) {
            relay.close();
            throw failed;
        }
    }

    @Override
    public void close() {
        // the client belongs to the suite
    }

    /** What a worker tells of one request, as it comes: one piece is held. */
    private final class Relay implements Body {
        private final ResetClient client;
        private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
        private final Semaphore wanted = new Semaphore(1);
        private boolean ended;

        Relay(Single call) throws Trouble {
            try {
                client = ResetClient.post(worker, CALLS.encode(call));
            } catch (CodecException | IOException failed) {
                throw Trouble.of(HttpFault.CONNECTION_LOST, "no worker", failed);
            }
            Thread.ofVirtual().start(this::pump);
        }

        private void pump() {
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(client.body(), UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("data: ")) {
                        wanted.acquire();
                        pieces.add(PIECES.decode(line.substring(6).getBytes(UTF_8)));
                    }
                }
                pieces.add(Piece.broken("CONNECTION_LOST", "the worker ended it"));
            } catch (IOException | RuntimeException | CodecException | InterruptedException e) {
                pieces.add(Piece.broken("CONNECTION_LOST", "the worker failed: " + e));
            }
        }

        Piece piece(Duration limit) throws Trouble, InterruptedException {
            Piece piece = pieces.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (piece == null) {
                throw Trouble.late();
            }
            wanted.release();
            if (piece.fault().isPresent()) {
                String fault = piece.fault().get();
                throw fault.equals("LATE")
                        ? Trouble.late()
                        : Trouble.of(HttpFault.valueOf(fault), piece.why());
            }
            return piece;
        }

        @Override
        public Optional<ByteBuffer> next(Duration limit) throws Trouble, InterruptedException {
            if (ended) {
                return Optional.empty();
            }
            Piece piece = piece(limit);
            ended = piece.end();
            return piece.bytes().map(it -> ByteBuffer.wrap(FetchCalls.bytes(it)));
        }

        @Override
        public void close() {
            try {
                client.close();
            } catch (IOException gone) {
                pieces.add(Piece.broken("CONNECTION_LOST", gone.toString()));
            }
        }
    }
}
