package io.pipewright.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import io.pipewright.expression.tree.Node;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.Scalar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lowers what CEL's macros {@code all exists exists_one map filter} expand to, by recognising each expansion. */
final class LoopLowering {

    private final Lowering lowering;
    private final Map<Integer, Set<String>> heldBySlot = new HashMap<>();

    LoopLowering(Lowering lowering) {
        this.lowering = lowering;
    }

    /** The variables whose records are in the loop's hand. */
    Set<String> held(int slot) {
        return heldBySlot.getOrDefault(slot, Set.of());
    }

    Lowered lower(CelExpr expression, Set<String> present) {
        CelExpr.CelComprehension loop = expression.comprehension();
        Lowered range = lowering.needed(loop.iterRange(), present);
        DataType item = range.type() instanceof ListType list ? list.element() : Scalar.STRING;
        if (!(range.type() instanceof ListType) && !(range.type() instanceof MapType)) {
            return range;
        }
        return lowering.withLocal(loop.iterVar(), item, local -> {
            heldBySlot.put(local.slot(), range.type() instanceof ListType ? range.variables() : Set.of());
            return loop.accuInit().getKind() == CelExpr.ExprKind.Kind.LIST
                    ? collect(loop, range, local.slot(), present)
                    : quantify(loop, range.node(), local.slot(), present);
        });
    }

    private Lowered quantify(CelExpr.CelComprehension loop, Node range, int slot, Set<String> present) {
        boolean one = loop.accuInit().constant().getKind() == CelConstant.Kind.INT64_VALUE;
        List<CelExpr> step = loop.loopStep().call().args();
        Lowered condition = lowering.needed(one ? step.get(0) : step.get(1), present);
        Node.Quantifier all =
                !one && loop.accuInit().constant().booleanValue() ? Node.Quantifier.ALL : Node.Quantifier.EXISTS;
        return Lowered.of(new Node.Quantify(one ? Node.Quantifier.EXISTS_ONE : all, range, slot, condition.node()));
    }

    private Lowered collect(CelExpr.CelComprehension loop, Lowered range, int slot, Set<String> present) {
        CelExpr step = loop.loopStep();
        Node condition = null;
        Set<String> known = present;
        if (step.call().function().equals("_?_:_")) {
            Lowered filter = lowering.needed(step.call().args().get(0), present);
            condition = filter.node();
            known = Lowered.both(present, filter.ifTrue());
            step = step.call().args().get(1);
        }
        CelExpr item = step.call().args().get(1).list().elements().get(0);
        Lowered value = lowering.needed(item, known);
        return collected(range, slot, condition, value);
    }

    private static Lowered collected(Lowered range, int slot, @Nullable Node condition, Lowered value) {
        Node node = new Node.Collect(range.node(), slot, condition, value.node(), new ListType(value.type()));
        return Lowered.of(node).holding(value.variables());
    }
}
