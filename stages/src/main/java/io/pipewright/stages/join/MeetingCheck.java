package io.pipewright.stages.join;

import io.pipewright.spi.stage.PlanContext;
import java.util.List;

/** Finds out which times let two records meet, and reports what is wrong with it. */
record MeetingCheck(JoinOptions options, PlanContext in) {

    /** In how many windows two records may meet. */
    private static final long MOST_WINDOWS = 1_000;

    /** What the author asked for; where that is wrong, something in its place. */
    Meeting check(List<String> inputs) {
        JoinOptions.Within within = options.within();
        JoinOptions.Window window = options.window();
        if (within == null && window == null) {
            in.error(
                    "missing-option",
                    "",
                    "`join` needs `within` or `window`: without a bound it would keep every record for good.",
                    "add `within: {after: " + inputs.get(0) + ", to: 1h}` with the longest time that may pass.");
        } else if (within != null && window != null) {
            in.error(
                    "conflicting-options",
                    "window",
                    "`within` and `window` both say which records meet.",
                    "remove one of the two.");
        }
        if (within != null) {
            return within(within, inputs);
        }
        if (window instanceof JoinOptions.Tumbling tumbling) {
            long size = tumbling.size().toMillis();
            return new Meeting.Sliding(size, size);
        } else if (window instanceof JoinOptions.Sliding sliding) {
            return sliding(sliding.size().toMillis(), sliding.slide().toMillis());
        } else if (window instanceof JoinOptions.Cumulative cumulative) {
            return cumulative(cumulative.size().toMillis(), cumulative.step().toMillis());
        }
        return new Meeting.Within(0, 0);
    }

    private Meeting sliding(long size, long slide) {
        if (slide > size) {
            in.error(
                    "out-of-range",
                    "window.slide",
                    "`slide` is longer than `size`, so what comes between two windows would meet nothing.",
                    "make it as long as `size` or shorter.");
        }
        checkNumber(size / slide, "slide");
        return new Meeting.Sliding(size, slide);
    }

    private Meeting cumulative(long size, long step) {
        if (size % step != 0) {
            in.error(
                    "out-of-range",
                    "window.step",
                    "`size` is no multiple of `step`, so the last step would be a shorter one.",
                    "choose a `step` that divides `size`.");
        }
        checkNumber(size / step, "step");
        return new Meeting.Cumulative(size, step);
    }

    private void checkNumber(long windows, String option) {
        if (windows > MOST_WINDOWS) {
            in.error(
                    "out-of-range",
                    "window." + option,
                    "Two records would meet in up to " + windows + " windows, with a row for each; there may be "
                            + MOST_WINDOWS + ".",
                    "make `" + option + "` longer.");
        }
    }

    private Meeting within(JoinOptions.Within within, List<String> inputs) {
        long from = within.from().value().toMillis();
        long to = within.to().value().toMillis();
        if (!inputs.contains(within.after())) {
            JoinType.reportUnknown(within.after(), "within.after", inputs, in);
        }
        if (from > to) {
            in.error(
                    "out-of-range",
                    "within.from",
                    "`from` is greater than `to`, so no two records ever meet.",
                    "write the least difference of the times as `from`, and the greatest as `to`.");
        }
        return within.after().equals(inputs.get(1)) ? new Meeting.Within(-to, -from) : new Meeting.Within(from, to);
    }
}
