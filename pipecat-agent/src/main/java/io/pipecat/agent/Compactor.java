package io.pipecat.agent;

import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.llm.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps a conversation within its model's context. Whole turns of the past go, the oldest first, and a summary takes their place where the model
 * can write one; the system prompt and what the user has just said never go, and a call is never parted from its result. Only if the
 * current turn alone is too long are its longest tool results cut.
 */
final class Compactor {
    /** The most that is kept free for the answer, unless the generation options name a limit. */
    private static final int RESERVE = 1024;

    private static final int SHORTEST_RESULT = 200;

    private final LLMService llm;
    private final ContextBuilder contexts;
    private final Summariser summariser;
    private final Consumer<String> notices;
    private final double threshold;

    Compactor(
            LLMService llm,
            ContextBuilder contexts,
            double threshold,
            Summariser summariser,
            Consumer<String> notices) {
        this.llm = llm;
        this.contexts = contexts;
        this.summariser = summariser;
        this.notices = notices;
        this.threshold = threshold;
    }

    /** Asked anew each time: within a turn another model, with another size, may take over. */
    private int hardLimit() {
        int size = llm.contextTokens();
        return size - Math.min(contexts.generation().maxTokens().orElse(RESERVE), size / 4);
    }

    private int softLimit() {
        return Math.min((int) (llm.contextTokens() * threshold), hardLimit());
    }

    /**
     * Returns the window, shortened if it is too full.
     *
     * @throws LLMException with the reason CONTEXT_OVERFLOW if even the shortest does not fit
     */
    Window fit(Window window) throws LLMException, InterruptedException {
        int count = count(window);
        int softLimit = softLimit();
        int hardLimit = hardLimit();
        if (count <= softLimit) {
            return window;
        }
        int least = count(window.withPast(List.of()));
        // Where the turn alone is over the threshold, the past may still fill what is left of the context.
        Window shorter = shortenPast(window, least, least <= softLimit ? softLimit : hardLimit, true);
        return cutResults(shorter, hardLimit);
    }

    /**
     * Shortens a window of which the model itself says that it is too long, whatever was counted.
     *
     * @param attempt how often it has said so, from 1
     * @return the window; the same if nothing more can be taken away
     */
    Window fitHarder(Window window, int attempt) throws LLMException, InterruptedException {
        int goal = (int) (Math.min(count(window), hardLimit()) * Math.pow(0.6, attempt));
        Window shorter = shortenPast(window, count(window.withPast(List.of())), goal, false);
        return withShorterResults(shorter, goal);
    }

    private Window shortenPast(Window window, int least, int goal, boolean mayAsk) throws InterruptedException {
        if (window.past().isEmpty() || count(window) <= goal) {
            return window;
        }
        List<Integer> starts = History.turnStarts(window.past());
        if (mayAsk && !starts.isEmpty() && summariser.isWorthwhile()) {
            // Makes more room than is needed now, or the next turn would ask for a summary again.
            int drop = leastDropped(window, starts, least + Math.max(0, goal - least) / 2);
            Optional<Message> summary = summariser.summarise(headOf(window.past(), starts, drop));
            if (summary.isPresent()) {
                List<Message> past = new ArrayList<>(List.of(summary.get()));
                past.addAll(tailOf(window.past(), starts, drop));
                Window summarised = window.withPast(past);
                if (count(summarised) <= goal) {
                    notices.accept("The conversation was getting too long for the model: " + turns(drop)
                            + " replaced by a summary.");
                    return summarised;
                }
            }
        }
        int drop = leastDropped(window, starts, goal);
        notices.accept(
                "The conversation was getting too long for the model: " + turns(drop) + " left out and forgotten.");
        return without(window, starts, drop);
    }

    private static String turns(int number) {
        return switch (number) {
            case 0 -> "the summary of its beginning was";
            case 1 -> "its oldest turn was";
            default -> "its oldest " + number + " turns were";
        };
    }

    /** Returns how many of the oldest turns have to go; all of them if even that is not enough. */
    private int leastDropped(Window window, List<Integer> starts, int goal) {
        int low = Math.min(1, starts.size());
        int high = starts.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (count(without(window, starts, middle)) <= goal) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** An earlier summary stays until no turn is left: it is worth more than its length. */
    private static Window without(Window window, List<Integer> starts, int turns) {
        if (turns >= starts.size()) {
            return window.withPast(List.of());
        }
        List<Message> past = new ArrayList<>();
        History.summary(window.past()).ifPresent(past::add);
        past.addAll(tailOf(window.past(), starts, turns));
        return window.withPast(past);
    }

    private static List<Message> headOf(List<Message> past, List<Integer> starts, int turns) {
        return turns >= starts.size() ? past : past.subList(0, starts.get(turns));
    }

    private static List<Message> tailOf(List<Message> past, List<Integer> starts, int turns) {
        return turns >= starts.size() ? List.of() : past.subList(starts.get(turns), past.size());
    }

    private Window cutResults(Window window, int limit) throws LLMException {
        Window shorter = withShorterResults(window, limit);
        int count = count(shorter);
        if (count > limit) {
            throw new LLMException(
                    LLMException.Reason.CONTEXT_OVERFLOW,
                    "The message is too long for the model " + llm.description()
                            + ": with the instructions and the functions it"
                            + " takes about " + count + " of " + llm.contextTokens() + " tokens, and "
                            + (llm.contextTokens() - limit)
                            + " are needed for the answer. Send a shorter message, offer fewer tools, or use a model with a"
                            + " larger context.");
        }
        return shorter;
    }

    /** Halves the longest tool result of the current turn until all fits or none is worth halving. */
    private Window withShorterResults(Window window, int limit) {
        Map<Integer, Integer> kept = new HashMap<>();
        Window shorter = window;
        while (count(shorter) > limit) {
            int longest = -1;
            int length = SHORTEST_RESULT;
            for (int i = 0; i < window.current().size(); i++) {
                if (window.current().get(i) instanceof Message.ToolResult result) {
                    int now = kept.getOrDefault(i, result.text().length());
                    if (now > length) {
                        longest = i;
                        length = now;
                    }
                }
            }
            if (longest < 0) {
                break;
            }
            kept.put(longest, length / 2);
            List<Message> current = new ArrayList<>(shorter.current());
            Message.ToolResult whole = (Message.ToolResult) window.current().get(longest);
            current.set(
                    longest,
                    new Message.ToolResult(
                            whole.callId(), whole.name(), ToolText.cut(whole.text(), length / 2), whole.error()));
            shorter = new Window(shorter.past(), current);
        }
        if (!kept.isEmpty()) {
            notices.accept("The results of the tools were too long for the model and were cut.");
        }
        return shorter;
    }

    private int count(Window window) {
        return llm.countTokens(contexts.build(window));
    }
}
