package io.pipewright.spi.option;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of {@code type} that chooses this record among those that a sealed options interface permits, for example
 * {@code tumbling} of {@code window: {type: tumbling, size: 10s}}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface TypeName {
    String value();
}
