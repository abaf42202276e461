package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.http.Egress;
import dev.flowir.http.Http;
import dev.flowir.http.HttpBody;
import dev.flowir.http.HttpException;
import dev.flowir.http.HttpLimits;
import dev.flowir.http.HttpRead;
import dev.flowir.http.HttpRemote;
import dev.flowir.http.HttpReply;
import dev.flowir.http.HttpSettings;
import dev.flowir.http.HttpStream;
import dev.flowir.http.HttpTimeouts;
import dev.flowir.http.HttpWrite;
import dev.flowir.http.HttpWriter;
import dev.flowir.ir.Emitter;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeContext;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.wasm.FetchCalls.Head;
import dev.flowir.wasm.FetchCalls.Named;
import dev.flowir.wasm.FetchCalls.Piece;
import dev.flowir.wasm.FetchCalls.Single;
import dev.flowir.wasm.FetchCalls.Told;
import dev.flowir.wasm.FetchCalls.Whole;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Asks other services, inside an isolate: single requests for the contract, and whole calls. */
public final class FetchWorker implements EdgeApplication {

    static final String BINDING = "service";
    static final int STREAMED_BYTES = 3_000_000;

    private static final int MAX_BODY = 64 << 20;
    private static final Duration NEVER = Duration.ofSeconds(25);
    private static final HttpSettings INSIDE =
            HttpSettings.DEFAULT.with(Egress.own().withPrivateAddresses());

    /** For the service loader. */
    public FetchWorker() {}

    @Override
    public EdgeRoutes routes() {
        Flow<Single, ?> single =
                Flow.define(
                        "single",
                        "1.0.0",
                        Single.class,
                        (g, in) ->
                                g.then(
                                        in,
                                        Node.streams(
                                                "single",
                                                Single.class,
                                                Piece.class,
                                                FetchWorker::single)));
        Flow<Whole, Told> whole =
                Flow.define(
                        "whole",
                        "1.0.0",
                        Whole.class,
                        (g, in) ->
                                g.then(
                                        in,
                                        Node.effect(
                                                "whole",
                                                Whole.class,
                                                Told.class,
                                                Http.writer(BINDING),
                                                FetchWorker::whole)));
        Flow<Told, Told> echo =
                Flow.define(
                        "echo",
                        "1.0.0",
                        Told.class,
                        (g, in) -> g.then(in, Node.pure("same", Told.class, Told.class, it -> it)));
        return EdgeRoutes.none()
                .bind(EdgeBindings.service(BINDING, "SELF", "tests", INSIDE))
                .post("/echo", echo)
                .route("POST", "/single", single, it -> it.maxBody(MAX_BODY))
                .post("/whole", whole);
    }

    private static void single(Single call, Emitter<Piece> out, NodeContext ctx) throws Exception {
        EdgeHttp remote = new EdgeHttp("");
        try {
            if (call.method().isEmpty()) {
                for (HttpRemote.Address it : remote.addresses(URI.create(call.url()), NEVER)) {
                    out.emit(Piece.address(new Named(it.text(), FetchCalls.base64(it.bytes()))));
                }
                out.emit(Piece.theEnd());
                return;
            }
            HttpRemote.Reply reply = remote.send(request(call), Duration.ofMillis(call.millis()));
            List<Named> headers = new ArrayList<>();
            reply.headers()
                    .forEach((name, all) -> all.forEach(it -> headers.add(new Named(name, it))));
            boolean whole = false;
            try {
                out.emit(Piece.of(new Head(reply.status(), headers)));
                Optional<ByteBuffer> piece = reply.body().next(NEVER);
                while (piece.isPresent()) {
                    byte[] bytes = new byte[piece.get().remaining()];
                    piece.get().get(bytes);
                    out.emit(Piece.of(bytes));
                    piece = reply.body().next(NEVER);
                }
                whole = true;
            } finally {
                if (!whole) {
                    reply.body().close();
                }
            }
            out.emit(Piece.theEnd());
        } catch (HttpRemote.Trouble trouble) {
            out.emit(
                    Piece.broken(
                            trouble.fault().map(Enum::name).orElse("LATE"),
                            String.valueOf(trouble.getMessage())));
        }
    }

    private static HttpRemote.Request request(Single call) {
        List<HttpRemote.Field> headers = new ArrayList<>();
        call.headers().forEach(it -> headers.add(new HttpRemote.Field(it.name(), it.value())));
        byte[] body = call.body().map(FetchCalls::bytes).orElse(new byte[0]);
        return new HttpRemote.Request(
                call.method(),
                URI.create(call.url()),
                headers,
                new HttpRemote.Content() {
                    @Override
                    public OptionalLong length() {
                        return OptionalLong.of(body.length);
                    }

                    @Override
                    public InputStream open() {
                        return new java.io.ByteArrayInputStream(body);
                    }
                });
    }

    private static Told whole(HttpWriter bound, Whole call, NodeContext ctx) throws Exception {
        try {
            return switch (call.task()) {
                case "service" -> told(bound.send(post("/echo", call)));
                case "post" -> told(endpoint(call, INSIDE, ctx).send(post(call.target(), call)));
                case "get" ->
                        told(
                                endpoint(call, INSIDE.withRedirects(2), ctx)
                                        .send(HttpRead.get(call.target()))
                                        .orThrow());
                case "outside" ->
                        told(
                                endpoint(call, HttpSettings.DEFAULT, ctx)
                                        .send(HttpRead.get(call.target())));
                case "small" ->
                        told(
                                endpoint(
                                                call,
                                                INSIDE.with(
                                                        HttpLimits.DEFAULT.withMaxReplyBytes(10)),
                                                ctx)
                                        .send(HttpRead.get(call.target())));
                case "slow" ->
                        told(
                                endpoint(
                                                call,
                                                INSIDE.with(
                                                        HttpTimeouts.DEFAULT
                                                                .withFirstByte(
                                                                        Duration.ofMillis(200))
                                                                .withIdle(Duration.ofMillis(200))),
                                                ctx)
                                        .send(HttpRead.get(call.target())));
                case "wait" -> told(endpoint(call, INSIDE, ctx).send(HttpRead.get("/")));
                case "stream" -> streamed(call, ctx);
                default -> throw new IllegalArgumentException(call.task());
            };
        } catch (HttpException refused) {
            return new Told(
                    refused.status().orElse(0),
                    refused.fault().name(),
                    String.valueOf(refused.getMessage()));
        }
    }

    private static HttpWriter endpoint(Whole call, HttpSettings settings, NodeContext ctx) {
        CapabilityProvider provider = EdgeBindings.http(BINDING, call.base(), settings);
        return provider.handle(Http.writer(BINDING), Scope.of(ctx, () -> !ctx.cancelled()));
    }

    private static HttpWrite post(String target, Whole call) {
        return HttpWrite.post(target).body(HttpBody.json(call.text().getBytes(UTF_8)));
    }

    private static Told told(HttpReply reply) {
        return new Told(reply.status(), "", reply.text());
    }

    /** Sends many bytes as they are made, and counts those that come back. */
    private static Told streamed(Whole call, NodeContext ctx) throws Exception {
        InputStream zeros =
                new InputStream() {
                    private int left = STREAMED_BYTES;

                    @Override
                    public int read() {
                        return left-- > 0 ? 'z' : -1;
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) {
                        int count = Math.min(left, length);
                        if (count <= 0) {
                            return -1;
                        }
                        java.util.Arrays.fill(into, offset, offset + count, (byte) 'z');
                        left -= count;
                        return count;
                    }
                };
        HttpBody body =
                call.text().equals("known")
                        ? HttpBody.stream("text/plain", zeros, STREAMED_BYTES)
                        : HttpBody.stream("text/plain", zeros);
        try (HttpStream reply =
                endpoint(call, INSIDE, ctx).open(HttpWrite.post(call.target()).body(body))) {
            long count = 0;
            byte[] buffer = new byte[8192];
            for (int got = reply.body().read(buffer); got > 0; got = reply.body().read(buffer)) {
                count += got;
            }
            return new Told(reply.status(), "", String.valueOf(count));
        }
    }
}
