package io.adjustbatch.adjust;

import io.adjustbatch.warehouse.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What ad revenue must say about its source (dev.adjust.com, "S2S ad revenue"). Only checks: the columns themselves
 * are written with all others.
 */
final class AdImpressions implements Section {

    @Override
    public void write(Draft draft) {
        if (draft.row().kind() != Kind.AD_REVENUE) {
            return;
        }
        String source = draft.parameter("source");
        if (source == null) {
            draft.refuse("source is missing: Adjust takes publisher");
        } else if (!source.equals("publisher")) {
            draft.refuse("source must be publisher, but is " + Shown.value(source));
        }
        String count = draft.parameter("ad_impressions_count");
        if (count == null) {
            draft.refuse("ad_impressions_count is missing");
        } else if (!isPositive(count)) {
            draft.refuse("ad_impressions_count must be a whole number from 1 on, but is " + Shown.value(count));
        }
    }

    private static boolean isPositive(@Nullable String count) {
        return count != null && Characters.areDigits(count) && count.charAt(0) != '0';
    }
}
