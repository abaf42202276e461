package dev.flowir.redis;

import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The socket below a connection. A server that is frozen, or behind a cut that nobody reports,
 * leaves a socket that looks well for many minutes; whoever has waited in vain has it closed here,
 * so that a new one is made.
 */
final class Wire implements NettyCustomizer {

    private final AtomicLong connections = new AtomicLong();
    private volatile @Nullable Channel current;
    private volatile long heardNanos;

    @Override
    public void afterChannelInitialized(Channel channel) {
        channel.pipeline()
                .addFirst(
                        new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelActive(ChannelHandlerContext context)
                                    throws Exception {
                                current = channel;
                                heardNanos = System.nanoTime();
                                connections.incrementAndGet();
                                super.channelActive(context);
                            }

                            @Override
                            public void channelRead(ChannelHandlerContext context, Object message)
                                    throws Exception {
                                heardNanos = System.nanoTime();
                                super.channelRead(context, message);
                            }
                        });
    }

    /** Closes the socket if nothing at all came since a moment. */
    void closeIfSilentSince(long nanos) {
        Channel channel = current;
        if (channel != null && heardNanos - nanos < 0) {
            var unused = channel.close(); // its end is heard of as any other
        }
    }

    long connections() {
        return connections.get();
    }
}
