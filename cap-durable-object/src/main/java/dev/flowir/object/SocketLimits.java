package dev.flowir.object;

import dev.flowir.kernel.cap.LimitProfile;

/**
 * Every number that sockets keep to. Sources: the pages {@code
 * durable-objects/best-practices/websockets} and {@code durable-objects/api/state} of Cloudflare's
 * documentation. Where they say nothing the number is ours.
 *
 * @param maxSockets most open sockets of one object (32,768)
 * @param maxTags most tags of one socket (10)
 * @param maxTagChars longest tag in characters (256)
 * @param maxAttachmentBytes most bytes of an attachment (16,384)
 * @param maxAnswerChars longest text that is answered without waking the object, and longest answer
 *     (2048)
 * @param maxMessageBytes most bytes of a message from a client, a character of text counting as one
 *     (32 MiB); above, the socket is closed with 1009
 * @param maxUnhandled most messages of one socket that wait or run; further ones are not read (16,
 *     ours)
 * @param maxOutboxFrames most frames on their way to one client (256, ours)
 * @param maxOutboxBytes most bytes on their way to one client, a character of text counting as one;
 *     a single frame may be larger (1 MiB, ours)
 */
public record SocketLimits(
        int maxSockets,
        int maxTags,
        int maxTagChars,
        int maxAttachmentBytes,
        int maxAnswerChars,
        int maxMessageBytes,
        int maxUnhandled,
        int maxOutboxFrames,
        int maxOutboxBytes) {

    private static final SocketLimits CLOUDFLARE =
            new SocketLimits(32_768, 10, 256, 16_384, 2048, 32 << 20, 16, 256, 1 << 20);

    private static final SocketLimits UNBOUNDED =
            new SocketLimits(
                    1_000_000, 1000, 65_536, 1 << 20, 1 << 20, 1 << 30, 256, 10_000, 1 << 28);

    /** Refuses bounds below 1. */
    public SocketLimits {
        if (maxSockets < 1
                || maxTags < 1
                || maxTagChars < 1
                || maxAttachmentBytes < 1
                || maxAnswerChars < 1
                || maxMessageBytes < 1
                || maxUnhandled < 1
                || maxOutboxFrames < 1
                || maxOutboxBytes < 1) {
            throw new IllegalArgumentException("bounds of sockets are at least 1");
        }
    }

    /**
     * The numbers of a profile. Miniflare has those of Cloudflare.
     *
     * @param profile which numbers
     * @return the limits
     */
    public static SocketLimits of(LimitProfile profile) {
        return switch (profile) {
            case CLOUDFLARE_PROD, MINIFLARE -> CLOUDFLARE;
            case UNBOUNDED -> UNBOUNDED;
        };
    }

    /**
     * Another bound of what is on its way to one client.
     *
     * @param frames most frames
     * @param bytes most bytes
     * @return the same but for these
     */
    public SocketLimits withOutbox(int frames, int bytes) {
        return new SocketLimits(
                maxSockets,
                maxTags,
                maxTagChars,
                maxAttachmentBytes,
                maxAnswerChars,
                maxMessageBytes,
                maxUnhandled,
                frames,
                bytes);
    }

    /**
     * Another bound of what comes from clients.
     *
     * @param sockets most open sockets of one object
     * @param messageBytes most bytes of one message
     * @return the same but for these
     */
    public SocketLimits withClients(int sockets, int messageBytes) {
        return new SocketLimits(
                sockets,
                maxTags,
                maxTagChars,
                maxAttachmentBytes,
                maxAnswerChars,
                messageBytes,
                maxUnhandled,
                maxOutboxFrames,
                maxOutboxBytes);
    }
}
