package dev.flowir.blob;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes files that nothing holds any more, once nobody reads them. */
final class Shelf {

    private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);

    private final Content content;
    private final Map<String, Integer> readers = new HashMap<>();
    private final Set<String> doomed = new HashSet<>();
    private final List<String> deleted = new ArrayList<>();

    Shelf(Content content) {
        this.content = content;
    }

    /** Holds files for a reader, whether they are there or not. */
    synchronized void pin(Collection<String> files) {
        files.forEach(file -> readers.merge(file, 1, Integer::sum));
    }

    synchronized void unpin(Collection<String> files) {
        for (String file : files) {
            Integer left = readers.merge(file, -1, Integer::sum);
            if (left == 0) {
                readers.remove(file);
                if (doomed.remove(file)) {
                    delete(file);
                }
            }
        }
    }

    synchronized void drop(Collection<String> files) {
        for (String file : files) {
            if (readers.containsKey(file)) {
                doomed.add(file);
            } else {
                delete(file);
            }
        }
    }

    private void delete(String file) {
        try {
            content.delete(file);
            deleted.add(file);
        } catch (IOException e) {
            LOG.warn("{} is garbage and stays until the next start", file, e);
        }
    }

    /** Files deleted since the last call: they need no mark any more. */
    synchronized List<String> takeDeleted() {
        List<String> taken = List.copyOf(deleted);
        deleted.clear();
        return taken;
    }
}
