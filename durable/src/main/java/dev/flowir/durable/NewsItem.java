package dev.flowir.durable;

import org.jspecify.annotations.Nullable;

/** News on their way into a run, and what became of them. Guarded by the run's lock. */
final class NewsItem {

    final News news;
    boolean done;
    boolean accepted;
    @Nullable RuntimeException failure;

    NewsItem(News news) {
        this.news = news;
    }
}
