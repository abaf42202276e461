package dev.flowir.queue;

import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.kernel.cap.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The provider of {@link Queues#publisher} over a queue that something else keeps: it checks
 * messages, delays and the fence of an attempt, so that a wrong send is refused by the same code as
 * anywhere and never leaves. Uses only what an edge isolate has, too.
 *
 * @param kind for example {@code queue.edge}
 * @param binding name that tokens ask for
 * @param remote who keeps the messages
 * @param descriptor what is promised of them
 */
public record RemoteQueue(String kind, String binding, QueueRemote remote, Descriptor descriptor)
        implements CapabilityProvider {

    private static final Set<String> HINTS = Set.of(Queues.PUBLISH_HINT);
    private static final QueueLimits LIMITS = QueueLimits.of(LimitProfile.CLOUDFLARE_PROD);

    @Override
    public Set<String> hints() {
        return HINTS;
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        QueueSender sender = (messages, options) -> send(messages, options, scope);
        return token.handle().cast(sender);
    }

    private Sent send(List<Outgoing> messages, SendOptions options, Scope scope) {
        if (options.delay().isPresent()) {
            Checks.delay(options.delay().get(), LIMITS);
        }
        Checks.batch(messages, LIMITS);
        scope.fence().ensureCurrent();
        return remote.send(
                messages.stream().map(message -> delayed(message, options.delay())).toList());
    }

    private static Outgoing delayed(Outgoing message, Optional<Duration> ofAll) {
        boolean own = message.options().delay().isPresent();
        return own ? message : new Outgoing(message.body(), new SendOptions(ofAll));
    }
}
