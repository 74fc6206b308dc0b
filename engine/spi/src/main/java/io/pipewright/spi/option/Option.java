package io.pipewright.spi.option;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Documents one option of a plugin, on a component of its options record.
 *
 * <p>From the record and this annotation the engine derives the JSON Schema, the binding of the YAML, the default and
 * the reference page. A component that is {@code @Nullable} may be left out; any other without {@link #defaultValue}
 * must be given.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Option {

    /** What the option means, for the pipeline author: one sentence or more, with units. */
    String doc();

    /** The value if absent, as the author would write it; empty for none. */
    String defaultValue() default "";

    /** The least value of a duration or a whole number, as the author would write it; empty for any. */
    String least() default "";

    /** The greatest value of a duration or a whole number, as the author would write it; empty for any. */
    String most() default "";

    /** What an edit of this option does to the state of a running pipeline. */
    Change change() default Change.KEEPS;

    /** Whether the option holds a secret: a literal is then a warning. */
    boolean secret() default false;

    /** The classes of change, in rising order of effect. */
    enum Change {
        /** State is kept as it is. */
        KEEPS,
        /** State is kept, but what is in flight was made under the old value. */
        SPLITS,
        /** State cannot be used any more. */
        LOSES
    }
}
