package io.pipecat.api.tool;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the methods of a class that carry {@link ToolMethod}. */
final class AnnotatedMethods {
    private AnnotatedMethods() {}

    /**
     * Returns the methods to offer. Reflection gives them in no particular order, and a model's prompt cache wants the
     * same order each time, so they are sorted.
     *
     * @throws IllegalArgumentException if one is not public
     */
    static List<Method> of(Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            refuseHidden(c);
        }
        List<Method> annotated = Arrays.stream(type.getMethods())
                .filter(method -> method.isAnnotationPresent(ToolMethod.class))
                .toList();
        List<Method> offered = new ArrayList<>();
        for (Method method : annotated) {
            if (!method.isBridge()) {
                offered.add(method);
            } else if (annotated.stream().noneMatch(other -> !other.isBridge() && mayReplace(other, method))) {
                offered.add(bridged(method));
            }
        }
        offered.sort(Comparator.comparing(Method::getName).thenComparing(Method::toGenericString));
        return offered;
    }

    private static void refuseHidden(Class<?> type) {
        for (Method method : type.getDeclaredMethods()) {
            if (method.isAnnotationPresent(ToolMethod.class) && !Modifier.isPublic(method.getModifiers())) {
                throw new IllegalArgumentException(
                        "make " + type.getName() + "." + method.getName() + " public: it has @ToolMethod");
            }
        }
    }

    /** Whether the bridge is there for this method, which overrides with narrower types. */
    private static boolean mayReplace(Method method, Method bridge) {
        Class<?>[] narrow = method.getParameterTypes();
        Class<?>[] wide = bridge.getParameterTypes();
        boolean fits = method.getName().equals(bridge.getName()) && narrow.length == wide.length;
        for (int i = 0; fits && i < wide.length; i++) {
            fits = wide[i].isAssignableFrom(narrow[i]);
        }
        return fits;
    }

    /**
     * A public class that inherits from one that is not gets a bridge for each inherited public method. It carries the
     * annotation, and reflection shows it in place of the method itself, but the names of the parameters are only there.
     */
    private static Method bridged(Method bridge) {
        for (Class<?> c = bridge.getDeclaringClass().getSuperclass(); c != null; c = c.getSuperclass()) {
            for (Method method : c.getDeclaredMethods()) {
                if (!method.isBridge()
                        && method.getName().equals(bridge.getName())
                        && Arrays.equals(method.getParameterTypes(), bridge.getParameterTypes())) {
                    return method;
                }
            }
        }
        return bridge;
    }

    /** The names of all methods, offered or not, inherited ones included. */
    static Set<String> allNames(Class<?> type) {
        Set<String> names = new HashSet<>();
        for (Method method : type.getMethods()) {
            names.add(method.getName());
        }
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (Method method : c.getDeclaredMethods()) {
                if (!method.isSynthetic()) {
                    names.add(method.getName());
                }
            }
        }
        return names;
    }
}
