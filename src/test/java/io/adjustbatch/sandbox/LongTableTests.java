package io.adjustbatch.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LongTableTests {

    private final LongTable table = new LongTable();

    @Test
    void keepsWhatAMapKeeps() {
        Map<Long, Long> map = new HashMap<>();
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            long key = Keys.of(Integer.toString(random.nextInt(50_000)));
            long value = random.nextInt();

            long before = table.update(key, old -> value);

            Long expected = map.put(key, value);
            assertThat(before).isEqualTo(expected == null ? LongTable.ABSENT : expected);
        }

        assertThat(table.size()).isEqualTo(map.size());
        map.forEach((key, value) -> assertThat(table.get(key)).isEqualTo(value));
    }

    @Test
    void keepsKeysThatBeginAtTheSamePlace() {
        for (long key = 0; key < 64; key++) {
            long value = key;
            table.update(key << 20, old -> value);
        }

        for (long key = 0; key < 64; key++) {
            assertThat(table.get(key << 20)).isEqualTo(key);
        }
        assertThat(table.get(1)).isEqualTo(LongTable.ABSENT);
    }

    @Test
    void losesNoUpdateBetweenThreads() {
        IntStream.range(0, 400_000)
                .parallel()
                .forEach(i -> table.update(Keys.of(Integer.toString(i % 100)), old -> Math.max(old, 0) + 1));

        assertThat(table.size()).isEqualTo(100);
        assertThat(IntStream.range(0, 100)).allMatch(i -> table.get(Keys.of(Integer.toString(i))) == 4_000);
    }

    @Test
    void keysDependOnWhereTheTextsEnd() {
        assertThat(Keys.of("ab", "c")).isNotEqualTo(Keys.of("a", "bc"));
        assertThat(Keys.of("ab")).isNotEqualTo(Keys.of("a", "b"));
    }
}
