package io.pipecat.api.tool;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes a parameter of a {@link ToolMethod}, or a component of a record that is one. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
public @interface ToolParam {

    /** Stands for "no default": the parameter must be given. */
    String REQUIRED = "\0";

    /**
     * What the parameter means, for the model, with unit and range.
     *
     * @return the description
     */
    String value() default "";

    /**
     * What the parameter is if left out: the text of a string or an enum constant, or the JSON of a number or a truth
     * value. For anything else use {@link java.util.Optional}.
     *
     * @return the default
     */
    String defaultValue() default REQUIRED;
}
