package io.pipewright.spi.stage;

import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.Scalar;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How rows say that they replace or delete earlier ones: by a field of their own, {@code op}.
 *
 * <p>An output of such rows says so in {@link StagePlan#changes}, and is read by those types alone that say {@link
 * StageType#takesChanges}.
 */
public enum RowChange {
    /** The row is new, or takes the place of the one with its key. */
    UPSERT("upsert"),
    /** There is no row with this key any more; the other fields are those that it had. */
    DELETE("delete");

    /** The field's name. */
    public static final String NAME = "op";

    /** The field. */
    public static final Field FIELD = Field.of(NAME, Scalar.STRING);

    private final String text;

    RowChange(String text) {
        this.text = text;
    }

    /** The field's value. */
    public String text() {
        return text;
    }

    /** The one that a value of the field names; empty for anything else. */
    public static Optional<RowChange> of(@Nullable Object value) {
        for (RowChange change : values()) {
            if (change.text.equals(value)) {
                return Optional.of(change);
            }
        }
        return Optional.empty();
    }
}
