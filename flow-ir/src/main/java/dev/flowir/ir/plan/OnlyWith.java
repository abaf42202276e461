package dev.flowir.ir.plan;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On the methods through which a feature is reached: plans without the feature never call them. A
 * worker whose plans all lack the feature is built with methods in their place that throw {@link
 * IllegalStateException}, and so without everything that is reached through them alone; a method of
 * a class that no such plan makes an object of is reached all the same. On a JVM it says nothing.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface OnlyWith {

    /** {@return name of the feature; one that no builder knows refuses the build} */
    String value();

    /**
     * {@return true for a method that is called in any case, and in whose place a worker without
     * the feature has one that does nothing and gives null}
     */
    boolean optional() default false;
}
