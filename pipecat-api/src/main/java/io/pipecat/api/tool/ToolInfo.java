package io.pipecat.api.tool;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Makes a class a tool; see {@link Tool#annotated(Object)}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ToolInfo {

    /**
     * The tool's name toward models and on the wire: {@code calculator}.
     *
     * @return letters, digits, {@code _} and {@code -}
     */
    String name();

    /**
     * What the tool is for, one or two sentences for the model.
     *
     * @return the description
     */
    String description();

    /**
     * Whether the tool is worth moving to another node.
     *
     * @return the placement
     */
    Placement placement() default Placement.NORMAL;
}
