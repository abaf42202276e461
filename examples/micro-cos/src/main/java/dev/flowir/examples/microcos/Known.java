package dev.flowir.examples.microcos;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Retriable;
import dev.flowir.ir.WriteToken;
import dev.flowir.kv.Kv;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.KvWriter;
import dev.flowir.kv.PutOptions;
import java.time.Duration;
import java.util.Optional;

/**
 * What a tool last found for a place and a day, for an hour: the card has that while the tool
 * cannot be asked. It is a help and no need: without it the card says that there is nothing.
 *
 * @param offers where it is kept
 * @param key of tool, place and day
 */
record Known(KvWriter offers, String key) {

    static final String BINDING = "offers";
    static final WriteToken<KvWriter> OFFERS = Kv.writer(BINDING);

    private static final Duration KEPT = Duration.ofHours(1);

    /** So that a key is no longer than the 512 bytes that one may have. */
    private static final int MAX_PLACE = 100;

    static Known of(KvWriter offers, String tool, String place, String day) {
        int end =
                place.offsetByCodePoints(
                        0, Math.min(place.codePointCount(0, place.length()), MAX_PLACE));
        return new Known(offers, tool + "/" + day + "/" + place.substring(0, end));
    }

    <T> void keep(T found, Codec<T> codec) {
        try {
            offers.put(key, KvValue.of(found, codec), PutOptions.expiringAfter(KEPT));
        } catch (CodecException cannotBe) {
            throw new IllegalStateException("what was read can be written", cannotBe);
        } catch (RuntimeException failure) {
            passing(failure);
        }
    }

    <T> Optional<T> find(Codec<T> codec) {
        try {
            return offers.get(key, codec);
        } catch (CodecException older) {
            return Optional.empty(); // of a release with other records
        } catch (RuntimeException failure) {
            passing(failure);
            return Optional.empty();
        }
    }

    /** What may pass is not worth another attempt of the whole search. */
    private static void passing(RuntimeException failure) {
        if (!(failure instanceof Retriable later && later.isRetriable())) {
            throw failure;
        }
    }
}
