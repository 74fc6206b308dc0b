package io.pipewright.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import io.pipewright.expression.tree.Node;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lowers values that are written out: constants, lists and maps. */
final class LiteralLowering {

    private final Lowering lowering;

    LiteralLowering(Lowering lowering) {
        this.lowering = lowering;
    }

    Lowered constant(CelExpr expression) {
        CelConstant constant = expression.constant();
        return switch (constant.getKind()) {
            case BOOLEAN_VALUE -> literal(constant.booleanValue(), Scalar.BOOLEAN);
            case INT64_VALUE -> literal(constant.int64Value(), Scalar.LONG);
            case DOUBLE_VALUE -> literal(constant.doubleValue(), Scalar.DOUBLE);
            case STRING_VALUE -> literal(constant.stringValue(), Scalar.STRING);
            case BYTES_VALUE -> literal(constant.bytesValue().toByteArray(), Scalar.BYTES);
            case UINT64_VALUE -> lowering.failed(
                    "bad-literal", lowering.spans.of(expression), Hints.UNSIGNED, Hints.WITHOUT_U);
            default -> {
                lowering.problems.add(
                        "bad-literal", lowering.spans.of(expression), "`null` cannot be written.", Hints.NULL);
                yield Lowering.FAILED;
            }
        };
    }

    private static Lowered literal(Object value, DataType type) {
        return Lowered.of(new Node.Literal(value, type));
    }

    Lowered list(CelExpr expression, Set<String> present) {
        List<Node> items = new ArrayList<>();
        for (CelExpr item : expression.list().elements()) {
            Lowered lowered = lowering.needed(item, present);
            lowering.escapes(lowered);
            items.add(lowered.node());
        }
        return typed(expression, "A list holds values of one type.")
                .map(type -> Lowered.of(new Node.ListOf(items, type)))
                .orElse(Lowering.FAILED);
    }

    Lowered map(CelExpr expression, Set<String> present) {
        List<Node> keys = new ArrayList<>();
        List<Node> values = new ArrayList<>();
        for (CelExpr.CelMap.Entry entry : expression.map().entries()) {
            keys.add(lowering.needed(entry.key(), present).node());
            Lowered value = lowering.needed(entry.value(), present);
            lowering.escapes(value);
            values.add(value.node());
        }
        return typed(expression, "A map has texts as keys, and values of one type.")
                .map(type -> Lowered.of(new Node.MapOf(keys, values, type)))
                .orElse(Lowering.FAILED);
    }

    private Optional<DataType> typed(CelExpr expression, String otherwise) {
        Optional<DataType> type = lowering.type(expression);
        if (type.isEmpty()) {
            lowering.problems.add("type-mismatch", lowering.spans.of(expression), otherwise, Mismatches.CONVERT);
        }
        return type;
    }
}
