package io.adjustbatch.audit;

import io.adjustbatch.ledger.HaltedScope;
import io.adjustbatch.ledger.RowState;
import io.adjustbatch.ledger.Run;
import io.adjustbatch.ledger.RunOptions;
import io.adjustbatch.policy.ClassLimit;
import io.adjustbatch.policy.Limit;
import io.adjustbatch.warehouse.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The summary of a run or a period as JSON: the content of {@code summary.json}. Keys stand in a fixed order; money is text, so that no
 * reader rounds it; times are UTC. Its schema, {@value #SCHEMA}, lies beside this class and only ever gains keys.
 */
public final class SummaryJson {

    /** The schema's file name. */
    public static final String SCHEMA = "summary.schema.json";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private SummaryJson() {}

    /** Without the list of files. */
    public static String of(RunSummary summary) {
        return text(document(summary));
    }

    public static String of(Account summary, List<ReportFile> files) {
        ObjectNode document = document(summary);
        ArrayNode list = document.putArray("files");
        files.forEach(file -> list.addObject()
                .put("name", file.name())
                .put("rows", file.rows())
                .put("bytes", file.bytes())
                .put("sha256", file.sha256()));
        return text(document);
    }

    private static String text(ObjectNode document) {
        return JSON.writeValueAsString(document).replace("\r\n", "\n") + "\n";
    }

    private static ObjectNode document(Account summary) {
        ObjectNode document = JSON.createObjectNode().put("format", 1);
        if (summary instanceof RunSummary run) {
            run(document.putObject("run"), run);
        } else if (summary instanceof PeriodSummary days) {
            period(document.putObject("period"), days.period());
        }
        total(document, "staged", summary.total(KindSummary::staged));
        states(document, summary);
        document.put("requests", summary.requests());
        ArrayNode kinds = document.putArray("kinds");
        summary.kinds().forEach(kind -> kind(kinds.addObject(), kind));
        if (summary instanceof RunSummary run && run.terms() != null) {
            ArrayNode halts = document.putArray("halts");
            run.halts().forEach(halt -> halt(halts.addObject(), halt));
        }
        ArrayNode faults = document.putArray("faults");
        summary.faults().forEach(fault -> fault(faults.addObject(), fault));
        ArrayNode warnings = document.putArray("warnings");
        summary.warnings().forEach(warning -> warning(warnings.addObject(), warning));
        return document;
    }

    private static void run(ObjectNode node, RunSummary summary) {
        Run run = summary.run();
        node.put("id", run.runId())
                .put("state", run.state().name())
                .put("started_at", run.startedAt().toString())
                .put("ended_at", text(run.endedAt()))
                .put("seconds", seconds(summary.duration()))
                .put("rows_per_second", rounded(summary.rowsPerSecond()))
                .put("exit_code", run.exitCode())
                .put("reason", run.reason())
                .put("host", run.host())
                .put("settings_digest", summary.settingsDigest());
        RunTerms terms = summary.terms();
        if (terms != null) {
            options(node.putObject("options"), terms.options());
            ArrayNode limits = node.putArray("limits");
            terms.limits().forEach(limit -> limit(limits.addObject(), limit));
        }
    }

    private static void options(ObjectNode node, RunOptions options) {
        ArrayNode kinds = node.putArray("kinds");
        options.kinds().stream().sorted().map(Kind::key).forEach(kinds::add);
        node.put("limit", options.limit()).put("until", text(options.until()));
    }

    private static void limit(ObjectNode node, ClassLimit of) {
        Limit limit = of.limit();
        node.put("error_class", of.errorClass().name())
                .put("kind", of.kind().key())
                .put("max", limit.max())
                .put("max_percent", limit.maxPercent())
                .put("min_sample", limit.maxPercent() == null ? null : limit.minSample());
    }

    private static void period(ObjectNode node, Period period) {
        node.put("from", Objects.toString(period.from(), null)).put("to", Objects.toString(period.to(), null));
    }

    private static void states(ObjectNode document, Account summary) {
        ObjectNode states = document.putObject("states");
        for (RowState state : RowState.values()) {
            total(states, state.name(), summary.in(state));
        }
    }

    private static void kind(ObjectNode node, KindSummary kind) {
        node.put("kind", kind.kind().key());
        total(node, "carried_in", kind.carriedIn());
        total(node, "staged", kind.staged());
        total(node, "reopened", kind.reopened());
        total(node, "settled", kind.totalSettled());
        total(node, "open", kind.totalOpen());
        total(node, "difference", kind.difference());
        total(node, "left_out", kind.leftOut().tally())
                .put("first_at", text(kind.leftOut().firstAt()))
                .put("last_at", text(kind.leftOut().lastAt()));
        node.put("expiring", kind.expiring()).put("sent_late", kind.late()).put("requests", kind.requests());
        ArrayNode causes = node.putArray("causes");
        kind.settled().forEach(share -> share(causes.addObject(), share));
        kind.open().forEach(share -> share(causes.addObject(), share));
    }

    private static void share(ObjectNode node, Share share) {
        node.put("state", share.state().name())
                .put("error_class", share.errorClass())
                .put("http_status", share.httpStatus())
                .put("message", share.message());
        tally(node, share.tally());
    }

    private static void halt(ObjectNode node, HaltedScope halt) {
        node.put("scope", halt.scope())
                .put("cause", halt.cause())
                .put("remedy", halt.remedy())
                .put("waiting_rows", halt.waitingRows());
    }

    private static void fault(ObjectNode node, Fault fault) {
        node.put("kind", fault.kind().key())
                .put("error_class", fault.errorClass())
                .put("app_token", fault.appToken())
                .put("event_token", fault.eventToken())
                .put("http_status", fault.httpStatus())
                .put("message", fault.message())
                .put("rows", fault.rows())
                .put("remedy", fault.remedy());
    }

    private static void warning(ObjectNode node, Warning warning) {
        node.put("cause", warning.cause().name())
                .put("kind", warning.kind().key())
                .put("app_token", warning.appToken())
                .put("event_token", warning.eventToken())
                .put("rows", warning.rows())
                .put("answered", warning.answered())
                .put("text", warning.text());
    }

    private static ObjectNode total(ObjectNode parent, String name, Tally tally) {
        return tally(parent.putObject(name), tally);
    }

    private static ObjectNode tally(ObjectNode node, Tally tally) {
        ObjectNode money = node.put("rows", tally.rows()).putObject("money");
        tally.money().forEach((currency, amount) -> money.put(currency, amount.toPlainString()));
        return node;
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private static @Nullable BigDecimal seconds(@Nullable Duration duration) {
        return duration == null ? null : BigDecimal.valueOf(duration.toMillis(), 3);
    }

    private static @Nullable BigDecimal rounded(@Nullable Double pace) {
        return pace == null ? null : BigDecimal.valueOf(pace).setScale(1, RoundingMode.HALF_UP);
    }
}
