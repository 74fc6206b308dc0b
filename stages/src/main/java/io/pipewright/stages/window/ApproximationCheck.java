package io.pipewright.stages.window;

import io.pipewright.spi.expression.CheckedAggregate.Call;
import io.pipewright.spi.expression.CheckedAggregate.Function;
import io.pipewright.spi.option.OptionPath;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Scalar;
import java.util.List;
import java.util.Objects;

/** Checks that {@code approximate: true} has something to estimate, and that sketches can do it. */
final class ApproximationCheck {

    private ApproximationCheck() {}

    /** @param complete whether these are all there are; if not, others have findings of their own */
    static void check(List<WindowPlan.Aggregate> aggregates, boolean complete, PlanContext in) {
        boolean any = !complete;
        for (WindowPlan.Aggregate aggregate : aggregates) {
            for (Call call : aggregate.expression().calls()) {
                if (PaneLayout.needsValues(call)) {
                    any = true;
                    checkArgument(aggregate.name(), call, in);
                }
            }
        }
        if (!any) {
            in.error(
                    "useless-option",
                    OptionPath.key("approximate"),
                    "`approximate` is for `countDistinct` and `percentile`, and `" + in.id() + "` has neither.",
                    "leave it out: all other results are exact.");
        }
    }

    private static void checkArgument(String name, Call call, PlanContext in) {
        DataType type = Objects.requireNonNull(call.argument()).type();
        if (!isEstimated(call, type)) {
            in.error(
                    "not-supported",
                    "aggregate." + name,
                    "`" + call.function().text() + "` of `" + call.argument().text() + "`, a `" + type.text()
                            + "`, cannot be approximate.",
                    call.function() == Function.PERCENTILE
                            ? "take the percentile of a number or a duration, or leave out `approximate`."
                            : "count a single value, or leave out `approximate`.");
        }
    }

    private static boolean isEstimated(Call call, DataType type) {
        return type instanceof Scalar scalar
                && (call.function() == Function.COUNT_DISTINCT
                        || switch (scalar) {
                            case INT, LONG, DOUBLE, DECIMAL, DURATION -> true;
                            default -> false;
                        });
    }
}
