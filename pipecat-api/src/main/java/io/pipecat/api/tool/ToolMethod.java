package io.pipecat.api.tool;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Offers a public method to models; see {@link Tool#annotated(Object)}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ToolMethod {

    /**
     * What the method does, for the model: what it takes, what it gives, when to use it.
     *
     * @return the description
     */
    String value();

    /**
     * The name toward models; by default the Java name in snake case.
     *
     * @return letters, digits, {@code _} and {@code -}, or empty for the default
     */
    String name() default "";

    /**
     * Whether a person is to be asked before the method is called.
     *
     * @return whether it is sensitive
     */
    boolean sensitive() default false;

    /**
     * How long a call may take.
     *
     * @return seconds, at least 0; 0 for the node's default
     */
    int timeoutSeconds() default 0;
}
