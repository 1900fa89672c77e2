package io.pipecat.homeassistant.discovery;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads from the node's metrics how long answers took to begin since it was asked last. Not thread-safe. */
final class AnswerLatency {
    private static final Pattern SUM =
            Pattern.compile("^pipecat_answer_start_seconds_sum(?:\\{})? (\\S+)$", Pattern.MULTILINE);
    private static final Pattern COUNT =
            Pattern.compile("^pipecat_answer_start_seconds_count(?:\\{})? (\\S+)$", Pattern.MULTILINE);

    private final Supplier<String> exposition;
    private double sum;
    private double count;
    private Optional<Double> last = Optional.empty();

    /**
     * Makes a reader.
     *
     * @param exposition gives the metrics as Prometheus reads them
     */
    AnswerLatency(Supplier<String> exposition) {
        this.exposition = exposition;
    }

    /** Returns the mean of the answers since the last call; the one before that, if there were none; empty before the first. */
    Optional<Double> seconds() {
        String text = exposition.get();
        double sumNow = number(SUM.matcher(text));
        double countNow = number(COUNT.matcher(text));
        if (countNow > count) {
            last = Optional.of((sumNow - sum) / (countNow - count));
            sum = sumNow;
            count = countNow;
        }
        return last;
    }

    private static double number(Matcher matcher) {
        return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
    }
}
