package dev.flowir.benchmarks.edge;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Work of a pure node, of four kinds; each gives a number that depends on all that was done. */
enum Sums {
    INTS("ints", "32-bit integers: a hash", 5_000_000) {
        @Override
        long compute(int rounds) {
            int hash = rounds;
            for (int i = 0; i < rounds; i++) {
                hash = (hash ^ i) * 0x01000193;
                hash ^= hash >>> 15;
            }
            return hash;
        }
    },
    LONGS("longs", "64-bit integers: a generator of random numbers", 500_000) {
        @Override
        long compute(int rounds) {
            long state = rounds;
            long sum = 0;
            for (int i = 0; i < rounds; i++) {
                state += 0x9E3779B97F4A7C15L;
                long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
                mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
                sum += mixed ^ (mixed >>> 31);
            }
            return sum;
        }
    },
    DOUBLES("doubles", "64-bit floating point: a Mandelbrot set", 300) {
        @Override
        long compute(int rounds) {
            long inside = 0;
            for (int row = 0; row < rounds; row++) {
                for (int column = 0; column < rounds; column++) {
                    double realPart = 3.0 * column / rounds - 2;
                    double imaginaryPart = 2.0 * row / rounds - 1;
                    double x = 0;
                    double y = 0;
                    int left = 100;
                    while (left > 0 && x * x + y * y < 4) {
                        double next = x * x - y * y + realPart;
                        y = 2 * x * y + imaginaryPart;
                        x = next;
                        left--;
                    }
                    inside += left == 0 ? 1 : 0;
                }
            }
            return inside;
        }
    },
    OBJECTS("objects", "records, text and collections: words are sorted and counted", 5_000) {
        @Override
        long compute(int rounds) {
            List<Word> words = new ArrayList<>();
            int seed = 1;
            for (int i = 0; i < rounds; i++) {
                seed = seed * 1_103_515_245 + 12_345;
                words.add(new Word("word-" + (seed >>> 20), i));
            }
            words.sort((one, two) -> {
                int order = one.text().compareTo(two.text());
                return order != 0 ? order : Integer.compare(two.at(), one.at());
            });
            TreeMap<String, Integer> counts = new TreeMap<>();
            for (Word word : words) {
                counts.merge(word.text(), 1, Integer::sum);
            }
            long sum = words.get(rounds / 2).at();
            for (var count : counts.entrySet()) {
                sum = sum * 31 + count.getKey().hashCode() + count.getValue();
            }
            return sum;
        }
    };

    private record Word(String text, int at) {}

    private final String path;
    private final String title;
    private final int rounds;

    Sums(String path, String title, int rounds) {
        this.path = path;
        this.title = title;
        this.rounds = rounds;
    }

    abstract long compute(int rounds);

    String path() {
        return path;
    }

    String title() {
        return title;
    }

    /** So many that it takes some tens of milliseconds. */
    int rounds() {
        return rounds;
    }
}
