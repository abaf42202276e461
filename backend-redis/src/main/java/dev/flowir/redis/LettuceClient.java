package dev.flowir.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.util.concurrent.TimeUnit;

/**
 * Lettuce, set up so that a command is sent once at most and never waits for a server that is away.
 *
 * @param resources its threads
 * @param redis the client
 */
record LettuceClient(ClientResources resources, RedisClient redis) implements AutoCloseable {

    /** One connection needs one; two is the least that Lettuce takes. */
    private static final int THREADS = 2;

    private static final long STOP_SECONDS = 2;

    static LettuceClient of(RedisSettings settings, Wire wire) {
        RedisPatience patience = settings.patience();
        ClientResources resources =
                ClientResources.builder()
                        .ioThreadPoolSize(THREADS)
                        .computationThreadPoolSize(THREADS)
                        .reconnectDelay(() ->
                                Delay.fullJitter(
                                        patience.soonest(),
                                        patience.latest(),
                                        patience.soonest().toMillis(),
                                        TimeUnit.MILLISECONDS))
                        .nettyCustomizer(wire)
                        .build();
        RedisClient client = RedisClient.create(resources, address(settings));
        client.setOptions(options(settings));
        return new LettuceClient(resources, client);
    }

    private static RedisURI address(RedisSettings settings) {
        RedisURI.Builder address =
                RedisURI.builder()
                        .withHost(settings.host())
                        .withPort(settings.port())
                        .withDatabase(settings.database())
                        .withClientName("flowir")
                        .withTimeout(settings.patience().connect());
        if (settings.tls() instanceof RedisTls.On) {
            address.withSsl(true).withVerifyPeer(SslVerifyMode.FULL);
        }
        settings.login()
                .ifPresent(login ->
                        address.withAuthentication(
                                RedisCredentialsProvider.from(() ->
                                        RedisCredentials.just(
                                                login.user(), login.password().get()))));
        return address.build();
    }

    private static ClientOptions options(RedisSettings settings) {
        ClientOptions.Builder options =
                ClientOptions.builder()
                        .protocolVersion(ProtocolVersion.RESP3)
                        .autoReconnect(true)
                        // Also gives up what was sent and not answered when a connection ends,
                        // which would otherwise be sent again on the next.
                        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                        // Ours is the time limit, and the bound of what is under way.
                        .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
                        .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                        .socketOptions(
                                SocketOptions.builder()
                                        .connectTimeout(settings.patience().connect())
                                        .keepAlive(true)
                                        .build());
        if (settings.tls() instanceof RedisTls.On encrypted) {
            options.sslOptions(encryption(encrypted));
        }
        return options.build();
    }

    private static SslOptions encryption(RedisTls.On settings) {
        SslOptions.Builder options = SslOptions.builder().jdkSslProvider();
        settings.trusted().ifPresent(file -> options.trustManager(file.toFile()));
        settings.key()
                .ifPresent(key ->
                        options.keyManager(
                                key.certificate().toFile(), key.key().toFile(), new char[0]));
        return options.build();
    }

    /** Also for whoever is interrupted: Lettuce would give up stopping. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            redis.shutdown(0, STOP_SECONDS, TimeUnit.SECONDS);
        } finally {
            resources
                    .shutdown(0, STOP_SECONDS, TimeUnit.SECONDS)
                    .awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
