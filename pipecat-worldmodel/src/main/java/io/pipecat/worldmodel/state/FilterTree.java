package io.pipecat.worldmodel.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who wants which topics: finds all of them for a topic in time that does not grow with those who want others. Not
 * thread-safe.
 *
 * @param <T> who wants
 */
final class FilterTree<T> {
    private static final class Node<T> {
        final Map<String, Node<T>> below = new HashMap<>();
        final List<T> here = new ArrayList<>();
        final List<T> rest = new ArrayList<>();

        boolean isEmpty() {
            return below.isEmpty() && here.isEmpty() && rest.isEmpty();
        }
    }

    /** A node that was reached, and where in the topic the next level begins; behind its end if there is none. */
    private record Step<T>(Node<T> node, int from) {}

    private final Node<T> root = new Node<>();

    boolean isEmpty() {
        return root.isEmpty();
    }

    void add(String filter, T who) {
        Node<T> node = root;
        for (String name : Topics.levels(filter)) {
            if (name.equals("#")) {
                node.rest.add(who);
                return;
            }
            node = node.below.computeIfAbsent(name, key -> new Node<>());
        }
        node.here.add(who);
    }

    void remove(String filter, T who) {
        List<String> names = new ArrayList<>(Topics.levels(filter));
        boolean rest = names.getLast().equals("#");
        if (rest) {
            names.removeLast();
        }
        Deque<Node<T>> path = new ArrayDeque<>();
        path.push(root);
        for (String name : names) {
            Node<T> next = path.element().below.get(name);
            if (next == null) {
                return;
            }
            path.push(next);
        }
        (rest ? path.element().rest : path.element().here).remove(who);
        while (path.size() > 1 && path.pop().isEmpty()) {
            path.element().below.remove(names.get(path.size() - 1));
        }
    }

    /** Takes out all, after a last call for each. */
    void clear(Consumer<? super T> action) {
        Deque<Node<T>> nodes = new ArrayDeque<>(List.of(root));
        while (!nodes.isEmpty()) {
            Node<T> node = nodes.pop();
            node.here.forEach(action);
            node.rest.forEach(action);
            node.below.values().forEach(nodes::push);
        }
        root.here.clear();
        root.rest.clear();
        root.below.clear();
    }

    /** Calls for each who wants a topic, once for each of its filters that match. */
    void forEach(String topic, Consumer<? super T> action) {
        // No recursion: a topic may have as many levels as it has bytes.
        Deque<Step<T>> steps = new ArrayDeque<>();
        if (topic.startsWith("$")) {
            // A wildcard in the first place does not cover what is the broker's own.
            int end = levelEnd(topic, 0);
            push(steps, root.below.get(topic.substring(0, end)), end + 1);
        } else {
            push(steps, root, 0);
        }
        while (!steps.isEmpty()) {
            Step<T> step = steps.pop();
            step.node().rest.forEach(action);
            if (step.from() > topic.length()) {
                step.node().here.forEach(action);
            } else if (!step.node().below.isEmpty()) {
                int end = levelEnd(topic, step.from());
                push(steps, step.node().below.get("+"), end + 1);
                push(steps, step.node().below.get(topic.substring(step.from(), end)), end + 1);
            }
        }
    }

    private static <T> void push(Deque<Step<T>> steps, @Nullable Node<T> node, int from) {
        if (node != null) {
            steps.push(new Step<>(node, from));
        }
    }

    private static int levelEnd(String topic, int from) {
        int slash = topic.indexOf('/', from);
        return slash < 0 ? topic.length() : slash;
    }
}
