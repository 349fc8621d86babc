package io.adjustbatch.sandbox;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Something that goes wrong with one exchange although the request may be good. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "fault")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Fault.Delay.class, name = "delay"),
    @JsonSubTypes.Type(value = Fault.Reply.class, name = "reply"),
    @JsonSubTypes.Type(value = Fault.Reset.class, name = "reset"),
    @JsonSubTypes.Type(value = Fault.Stall.class, name = "stall"),
    @JsonSubTypes.Type(value = Fault.Cut.class, name = "cut")
})
public sealed interface Fault {

    /** Whether Adjust's books know of the request that the fault struck. The sender cannot tell. */
    enum Moment {
        /** The request is lost: nothing of it is checked, counted or remembered. */
        BEFORE_COUNTING,
        /** The request is checked, and counted if it is good; only its answer suffers. */
        AFTER_COUNTING
    }

    /** When the fault strikes. */
    Moment moment();

    /**
     * The right answer, late: after a time drawn evenly from {@code least} to {@code most}.
     *
     * @param least shortest delay, not negative
     * @param most longest delay, at least {@code least}
     */
    record Delay(Duration least, Duration most) implements Fault {
        public Delay {
            if (least.isNegative() || most.compareTo(least) < 0) {
                throw new IllegalArgumentException(
                        "a delay needs 0 <= least <= most, but got " + least + " to " + most);
            }
        }

        /** The delay at this chance from 0 (the least) up to 1 (the most). */
        Duration at(double chance) {
            return least.plusNanos((long) (most.minus(least).toNanos() * chance));
        }

        /** Always the same delay. */
        public static Delay of(Duration delay) {
            return new Delay(delay, delay);
        }

        @Override
        public Moment moment() {
            return Moment.AFTER_COUNTING;
        }
    }

    /**
     * Another answer than the right one.
     *
     * @param status 200 to 599
     * @param body sent as {@code application/json} if it begins with a brace, as {@code text/html} otherwise
     * @param retryAfter whole seconds for the header of that name; null for none
     * @param moment whether the request was counted all the same; null means {@code BEFORE_COUNTING}
     */
    record Reply(int status, String body, @Nullable Duration retryAfter, Moment moment) implements Fault {

        public Reply {
            if (status < 200 || status > 599) {
                throw new IllegalArgumentException("an answer's status is 200 to 599, but got " + status);
            }
            body = Objects.requireNonNullElse(body, "");
            moment = Objects.requireNonNullElse(moment, Moment.BEFORE_COUNTING);
        }

        /** The status with this body, for a request that is lost. */
        public static Reply of(int status, String body) {
            return new Reply(status, body, null, Moment.BEFORE_COUNTING);
        }
    }

    /**
     * No answer: the connection is reset (TCP RST).
     *
     * @param moment whether the request was counted
     */
    record Reset(Moment moment) implements Fault {
        public Reset {
            Objects.requireNonNull(moment, "a reset needs its moment");
        }
    }

    /**
     * No answer and no end either: the connection stays open for ten minutes, then it is reset.
     *
     * @param moment whether the request was counted
     */
    record Stall(Moment moment) implements Fault {
        static final Duration LONGEST = Duration.ofMinutes(10);

        public Stall {
            Objects.requireNonNull(moment, "a stall needs its moment");
        }
    }

    /** The right answer's head and half of its body, then the connection is reset. */
    record Cut() implements Fault {
        @Override
        public Moment moment() {
            return Moment.AFTER_COUNTING;
        }
    }
}
