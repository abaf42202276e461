package dev.flowir.benchmarks.windows;

import dev.flowir.benchmarks.Contender;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Suppressed;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.Stores;

/**
 * Kafka Streams in its own test driver, which has no broker: its windows by event time, kept in
 * memory, told when they are over. It writes what goes in and what it keeps as bytes, as it does in
 * production.
 */
final class KafkaWindows {

    private static final String SALES = "sales";
    private static final String LAST = "last";

    private KafkaWindows() {}

    static Contender contender(Sale[] sales) {
        return () -> {
            Totals totals = new Totals();
            Topology topology = topology(totals);
            try (TopologyTestDriver driver =
                    new TopologyTestDriver(topology, settings(), Instant.EPOCH)) {
                TestInputTopic<String, Long> topic =
                        driver.createInputTopic(
                                SALES, Serdes.String().serializer(), Serdes.Long().serializer());
                for (Sale sale : sales) {
                    topic.pipeInput(sale.shop(), sale.cents(), sale.atMillis());
                }
                // Only a later record ends the last windows.
                topic.pipeInput(LAST, 0L, sales[sales.length - 1].atMillis() + Sale.SIZE_MILLIS);
            }
            return totals.total();
        };
    }

    private static Topology topology(Totals totals) {
        Serde<String> shops = Serdes.String();
        Serde<Long> sums = Serdes.Long();
        Duration size = Duration.ofMillis(Sale.SIZE_MILLIS);
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(SALES, Consumed.with(shops, sums))
                .groupByKey(Grouped.with(shops, sums))
                .windowedBy(TimeWindows.ofSizeWithNoGrace(size))
                .reduce(
                        Long::sum,
                        Materialized.<String, Long>as(
                                        Stores.inMemoryWindowStore("sums", size, size, false))
                                .withKeySerde(shops)
                                .withValueSerde(sums)
                                .withLoggingDisabled())
                .suppress(
                        Suppressed.untilWindowCloses(
                                Suppressed.BufferConfig.unbounded().withLoggingDisabled()))
                .toStream()
                .foreach((window, sum) -> totals.add(window.key(), window.window().start(), sum));
        return builder.build();
    }

    private static Properties settings() {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "windows");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        return settings;
    }
}
