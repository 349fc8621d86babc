package io.adjustbatch.ledger;

import io.adjustbatch.ledger.WarehouseDifference.Sort;
import io.adjustbatch.warehouse.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a comparison of warehouse and ledger found.
 *
 * @param listed the first of each kind and sort, those that were accepted included
 * @param openOnes how many there are that nobody has accepted, by kind and sort; what has none is absent
 * @param accepted how many there are that a person has accepted
 */
public record WarehouseDifferences(
        List<WarehouseDifference> listed, Map<Kind, Map<Sort, Long>> openOnes, long accepted) {

    /** Nothing differs. */
    public static final WarehouseDifferences NONE = new WarehouseDifferences(List.of(), Map.of(), 0);

    public WarehouseDifferences {
        listed = List.copyOf(listed);
        openOnes = Collections.unmodifiableMap(openOnes);
    }

    /** How many of a sort nobody has accepted, over all kinds. */
    public long open(Sort sort) {
        return openOnes.values().stream()
                .mapToLong(sorts -> sorts.getOrDefault(sort, 0L))
                .sum();
    }

    /** How many nobody has accepted. */
    public long open() {
        return openOnes.values().stream()
                .flatMap(sorts -> sorts.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** These, and those of another kind. */
    WarehouseDifferences and(WarehouseDifferences others) {
        List<WarehouseDifference> all = new ArrayList<>(listed);
        all.addAll(others.listed);
        Map<Kind, Map<Sort, Long>> counts = new EnumMap<>(Kind.class);
        counts.putAll(openOnes);
        counts.putAll(others.openOnes);
        return new WarehouseDifferences(all, counts, accepted + others.accepted);
    }
}
