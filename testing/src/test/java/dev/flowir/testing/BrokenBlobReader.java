package dev.flowir.testing;

import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobConditions;
import dev.flowir.blob.BlobException;
import dev.flowir.blob.BlobFault;
import dev.flowir.blob.BlobGet;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobMetadata;
import dev.flowir.blob.BlobPage;
import dev.flowir.blob.BlobQuery;
import dev.flowir.blob.BlobRange;
import dev.flowir.blob.BlobReader;
import dev.flowir.blob.GetOptions;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Reads with one defect. */
class BrokenBlobReader implements BlobReader {

    final BlobDefect defect;
    private final BlobReader right;
    private final Map<String, BlobInfo> old = new ConcurrentHashMap<>();

    BrokenBlobReader(BlobDefect defect, BlobReader right) {
        this.defect = defect;
        this.right = right;
    }

    final String wrong(String key) {
        return switch (defect) {
            case FOLDS_CASE -> key.toLowerCase(Locale.ROOT);
            case ENDS_KEYS_AT_NUL ->
                    key.indexOf('\u0000') > 0 ? key.substring(0, key.indexOf('\u0000')) : key;
            case NORMALISES_KEYS -> Normalizer.normalize(key, Normalizer.Form.NFC);
            default -> key;
        };
    }

    final BlobInfo wrong(BlobInfo info) {
        return switch (defect) {
            case TELLS_ETAGS_AS_VERSIONS -> with(info, info.etag(), info.etag());
            case TELLS_VERSIONS_AS_ETAGS -> with(info, info.version(), info.version());
            default -> info;
        };
    }

    private static BlobInfo with(BlobInfo info, String version, String etag) {
        return new BlobInfo(
                info.key(),
                version,
                info.size(),
                etag,
                info.uploadedAt(),
                info.metadata(),
                info.checksums());
    }

    @Override
    public Optional<BlobInfo> head(String key) {
        Optional<BlobInfo> found = right.head(wrong(key)).map(this::wrong);
        return defect == BlobDefect.ANSWERS_OLD_PROPERTIES
                ? found.map(info -> old.computeIfAbsent(key, k -> info))
                : found;
    }

    @Override
    public BlobGet get(String key, GetOptions options) {
        BlobRange range = options.range();
        BlobConditions conditions = options.conditions();
        if (defect == BlobDefect.IGNORES_CONDITIONS_OF_GETS) {
            conditions = BlobConditions.none();
        }
        if (defect == BlobDefect.IGNORES_DATES) {
            conditions =
                    new BlobConditions(
                            conditions.etagMatches(),
                            conditions.etagDoesNotMatch(),
                            Optional.empty(),
                            Optional.empty());
        }
        if (defect == BlobDefect.SHIFTS_RANGES && range instanceof BlobRange.Last(long n)) {
            range = new BlobRange.Bytes(0, n);
        }
        BlobGet got;
        try {
            got = right.get(wrong(key), new GetOptions(range, conditions));
        } catch (BlobException e) {
            if (e.fault() != BlobFault.INVALID_RANGE
                    || defect != BlobDefect.ACCEPTS_RANGES_BEHIND_THE_END) {
                throw e;
            }
            BlobInfo info = right.head(key).orElseThrow();
            return new BlobGet.Found(
                    Blob.of(info, info.size(), 0, new ByteArrayInputStream(new byte[0])));
        }
        return switch (got) {
            case BlobGet.Found(Blob blob) -> new BlobGet.Found(wrong(blob));
            case BlobGet.Unmet(BlobInfo info) -> new BlobGet.Unmet(wrong(info));
            case BlobGet.Missing missing -> missing;
        };
    }

    private Blob wrong(Blob blob) {
        InputStream stream = defect == BlobDefect.CUTS_WHAT_IS_OPEN ? new Cut(blob) : blob.stream();
        return Blob.of(wrong(blob.info()), blob.offset(), blob.length(), stream);
    }

    /** Ends when the object is another one now. */
    private final class Cut extends FilterInputStream {
        private final BlobInfo info;

        Cut(Blob blob) {
            super(blob.stream());
            this.info = blob.info();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            boolean same =
                    right.head(info.key())
                            .map(now -> now.version().equals(info.version()))
                            .orElse(false);
            return same ? super.read(buffer, offset, length) : -1;
        }
    }

    @Override
    public BlobPage list(BlobQuery query) {
        return switch (defect) {
            case LISTS_WITHOUT_METADATA -> {
                BlobPage page = right.list(query);
                yield new BlobPage(
                        page.objects().stream()
                                .map(info -> info.withMetadata(BlobMetadata.none()))
                                .toList(),
                        page.delimitedPrefixes(),
                        page.cursor());
            }
            case LISTS_BY_CHARACTERS -> {
                BlobPage page = right.list(query);
                List<BlobInfo> objects = new ArrayList<>(page.objects());
                objects.sort(Comparator.comparing(BlobInfo::key));
                yield new BlobPage(objects, page.delimitedPrefixes(), page.cursor());
            }
            case REPEATS_ROLLED_UP_PREFIXES -> rolledUpAfterwards(query);
            case ALWAYS_TRUNCATED -> {
                BlobPage page = right.list(query);
                boolean full =
                        page.objects().size() == query.limit().orElse(1000)
                                && page.delimitedPrefixes().isEmpty();
                yield full && !page.truncated()
                        ? new BlobPage(page.objects(), List.of(), Optional.of(behind(page)))
                        : page;
            }
            default -> {
                BlobPage page = right.list(query);
                yield new BlobPage(
                        page.objects().stream().map(this::wrong).toList(),
                        page.delimitedPrefixes(),
                        page.cursor());
            }
        };
    }

    private static String behind(BlobPage page) {
        String last = "k" + page.objects().get(page.objects().size() - 1).key();
        return java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(last.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** A page of plain keys, rolled up: the next page starts in the middle of a prefix. */
    private BlobPage rolledUpAfterwards(BlobQuery query) {
        String delimiter = query.delimiter().orElse("");
        if (delimiter.isEmpty()) {
            return right.list(query);
        }
        BlobPage page = right.list(query.delimiter(""));
        List<BlobInfo> objects = new ArrayList<>();
        LinkedHashSet<String> prefixes = new LinkedHashSet<>();
        for (BlobInfo info : page.objects()) {
            int at = info.key().indexOf(delimiter, query.prefix().length());
            if (at < 0) {
                objects.add(info);
            } else {
                prefixes.add(info.key().substring(0, at + delimiter.length()));
            }
        }
        return new BlobPage(objects, List.copyOf(prefixes), page.cursor());
    }
}
