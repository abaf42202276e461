package dev.flowir.kernel.exec;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Codecs;
import dev.flowir.ir.Type;
import dev.flowir.kernel.cap.SpillStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Items on their way to the spill store and back: encoded, framed with a checksum, checked. */
public final class Spilling {

    private static final int CHECKSUM_BYTES = 4;

    private final SpillStore store;
    private final Codecs codecs;

    /**
     * Spills to a store.
     *
     * @param store where bytes go
     * @param codecs how items become bytes
     */
    public Spilling(SpillStore store, Codecs codecs) {
        this.store = store;
        this.codecs = codecs;
    }

    byte[] encode(Type<?> type, Object item) throws CodecException {
        return encodeAs(codecs.of(type), item);
    }

    @SuppressWarnings("unchecked") // the flow's types say what crosses the edge
    private static <T> byte[] encodeAs(Codec<T> codec, Object item) throws CodecException {
        return codec.encode((T) item);
    }

    String store(String tier, byte[] bytes) throws IOException {
        ByteBuffer framed = ByteBuffer.allocate(CHECKSUM_BYTES + bytes.length);
        framed.putInt(checksum(bytes, 0));
        framed.put(bytes);
        return store.store(tier, framed.array());
    }

    Object load(Type<?> type, String reference) throws IOException, CodecException {
        byte[] framed = store.load(reference);
        if (framed.length < CHECKSUM_BYTES
                || ByteBuffer.wrap(framed).getInt() != checksum(framed, CHECKSUM_BYTES)) {
            throw new IOException("the checksum of spilled item " + reference + " is wrong");
        }
        byte[] bytes = new byte[framed.length - CHECKSUM_BYTES];
        System.arraycopy(framed, CHECKSUM_BYTES, bytes, 0, bytes.length);
        return codecs.of(type).decode(bytes);
    }

    void delete(String reference) throws IOException {
        store.delete(reference);
    }

    private static int checksum(byte[] bytes, int from) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, from, bytes.length - from);
        return (int) sum.getValue();
    }
}
