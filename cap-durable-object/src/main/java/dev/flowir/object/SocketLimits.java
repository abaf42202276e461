package dev.flowir.object;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.Codecs;
import dev.flowir.ir.Type;
import dev.flowir.kernel.cap.LimitProfile;
import java.nio.charset.StandardCharsets;
import java.util.List;

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

    /** Most bytes of a reason, by RFC 6455. */
    private static final int MOST_REASON_BYTES = 123;

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
     * Tags that a socket may have.
     *
     * @param tags what its handler gave
     * @return the same
     * @throws ObjectException {@link ObjectFault#BAD_TAGS}
     */
    public List<String> ensureTags(List<String> tags) {
        if (tags.size() > maxTags || tags.stream().anyMatch(tag -> tag.length() > maxTagChars)) {
            throw new ObjectException(
                    ObjectFault.BAD_TAGS,
                    "a socket has at most "
                            + maxTags
                            + " tags of at most "
                            + maxTagChars
                            + " characters");
        }
        return tags;
    }

    /**
     * A value as it is attached to a socket.
     *
     * @param codecs how it becomes bytes
     * @param type what it is
     * @param value the value
     * @param most most bytes, where the platform takes less than these limits
     * @param <T> what it is
     * @return its bytes
     * @throws ObjectException {@link ObjectFault#NOT_STORABLE}, {@link
     *     ObjectFault#ATTACHMENT_TOO_LARGE}
     */
    public <T> byte[] attached(Codecs codecs, Type<T> type, T value, int most) {
        byte[] bytes;
        try {
            bytes = codecs.of(type).encode(value);
        } catch (CodecException e) {
            throw new ObjectException(
                    ObjectFault.NOT_STORABLE,
                    "the value cannot be attached to a socket: " + e.getMessage(),
                    e);
        }
        int bound = Math.min(maxAttachmentBytes, most);
        if (bytes.length > bound) {
            throw new ObjectException(
                    ObjectFault.ATTACHMENT_TOO_LARGE,
                    "the attachment has "
                            + bytes.length
                            + " bytes, the most is "
                            + bound
                            + "; keep it in the storage and its key here");
        }
        return bytes;
    }

    /**
     * What was attached to a socket.
     *
     * @param codecs how it was written
     * @param type what it is
     * @param bytes as it was written
     * @param <T> what it is
     * @return the value
     * @throws ObjectException {@link ObjectFault#NOT_READABLE}
     */
    public static <T> T attachment(Codecs codecs, Type<T> type, byte[] bytes) {
        try {
            return codecs.of(type).decode(bytes);
        } catch (CodecException e) {
            throw new ObjectException(
                    ObjectFault.NOT_READABLE,
                    "what is attached to the socket is no value of its type: " + e.getMessage(),
                    e);
        }
    }

    /**
     * Refuses what RFC 6455 does not let an application close with.
     *
     * @param code close code
     * @param reason for the client
     * @throws ObjectException {@link ObjectFault#BAD_CLOSE}
     */
    public static void ensureClose(int code, String reason) {
        boolean mayBe = code == 1000 || (code >= 3000 && code <= 4999);
        if (!mayBe || reason.getBytes(StandardCharsets.UTF_8).length > MOST_REASON_BYTES) {
            throw new ObjectException(
                    ObjectFault.BAD_CLOSE,
                    "a socket is closed with 1000 or a code from 3000 to 4999, and a reason of at"
                            + " most "
                            + MOST_REASON_BYTES
                            + " bytes");
        }
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
