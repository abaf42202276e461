package dev.flowir.durable;

import dev.flowir.kernel.journal.Issued;
import java.util.ArrayList;
import java.util.List;

/** What a turn of a run wants to write, and what follows once it is written. */
final class Draft {
    final List<byte[]> records = new ArrayList<>();
    final List<Issued> launch = new ArrayList<>();
    final List<Along> along = new ArrayList<>();
    final List<Long> interrupted = new ArrayList<>();
}
