package io.pipewright.spi.type;

import java.io.Serializable;

/**
 * The static type of a value: a {@link Scalar}, a {@link ListType}, a {@link MapType} or a {@link RecordType}.
 *
 * <p>Whether a value may be null is not part of its type but of the {@link Field} that holds it.
 */
public sealed interface DataType extends Serializable permits Scalar, ListType, MapType, RecordType {

    /** The type as a pipeline author writes it, for example {@code list<string>}. */
    String text();
}
