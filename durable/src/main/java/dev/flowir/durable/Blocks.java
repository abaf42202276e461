package dev.flowir.durable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Records that follow each other in one run, as one compressed row: a quarter of the space, and one
 * row to read where there were hundreds. What is in it is what was written, checksums too.
 */
final class Blocks {

    /** Records of one block at most, and how many a run that is not over folds at a time. */
    static final int MOST_RECORDS = 256;

    /** Bytes of a block's records at most; longer ones stay as they are. */
    static final int MOST_BYTES = 1 << 20;

    /** First byte of a block. */
    private static final int FORMAT = 1;

    /** What stands for a block that cannot be read: no record is empty, so its number is told. */
    private static final List<byte[]> UNREADABLE = List.of(new byte[0]);

    private Blocks() {}

    static byte[] fold(List<byte[]> records) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(FORMAT);
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            for (byte[] record : records) {
                out.writeInt(record.length);
                out.write(record);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * The records of a block. One that is not what {@link #fold} gave has an empty record where it
     * stops making sense, which whoever reads records refuses by its number.
     *
     * @param count how many there are
     */
    static List<byte[]> unfold(byte[] block, int count) {
        if (block.length == 0 || block[0] != FORMAT) {
            return UNREADABLE;
        }
        List<byte[]> records = new ArrayList<>();
        try (DataInputStream in =
                new DataInputStream(
                        new InflaterInputStream(
                                new ByteArrayInputStream(block, 1, block.length - 1)))) {
            for (int i = 0; i < count; i++) {
                int length = in.readInt();
                if (length < 0 || length > MOST_BYTES) {
                    throw new IOException("a record of " + length + " bytes");
                }
                byte[] record = in.readNBytes(length);
                if (record.length < length) {
                    throw new IOException("it ends in a record");
                }
                records.add(record);
            }
            if (in.read() >= 0) { // at the end the sum over all of it is compared
                throw new IOException("there is more");
            }
        } catch (IOException damaged) {
            records.addAll(UNREADABLE);
        }
        return records;
    }
}
