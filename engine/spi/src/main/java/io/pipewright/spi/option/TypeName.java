package io.pipewright.spi.option;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of {@code type} that chooses this record among those that a sealed options interface permits, for example
 * {@code tumbling} of {@code window: {type: tumbling, size: 10s}}.
 *
 * <p>The interface names its records in {@code permits}: authors are shown them in that order, which without it is the
 * compiler's and may be another in the next build.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface TypeName {
    String value();
}
