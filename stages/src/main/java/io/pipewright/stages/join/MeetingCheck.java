package io.pipewright.stages.join;

import io.pipewright.spi.stage.PlanContext;
import java.util.List;

/** Finds out which times let two records meet, and reports what is wrong with it. */
record MeetingCheck(JoinOptions options, PlanContext in) {

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
        return window instanceof JoinOptions.Tumbling tumbling
                ? new Meeting.SameWindow(tumbling.size().toMillis())
                : new Meeting.Within(0, 0);
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
