package io.pipecat.discovery.consul;

import io.pipecat.api.Subscription;
import io.pipecat.api.setting.SettingsException;
import io.pipecat.api.setting.SettingsSource;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.kiwiproject.consul.async.ConsulResponseCallback;
import org.kiwiproject.consul.model.ConsulResponse;
import org.kiwiproject.consul.model.kv.Value;
import org.kiwiproject.consul.option.QueryOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The settings under one key, watched. What cannot be read leaves the last good ones in force. */
final class SharedSettings implements SettingsSource, Watch.Listener<Optional<Value>> {
    static final String KEY = "config/app/settings";

    private static final Logger LOG = LoggerFactory.getLogger(SharedSettings.class);

    /** What holds and what is wrong, which change together. */
    private record State(Map<String, String> values, Optional<String> content, Optional<String> contact) {}

    private final ConsulLink link;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch decided = new CountDownLatch(1);
    private volatile State state = new State(Map.of(), Optional.empty(), Optional.empty());
    private volatile Optional<ConsulFailure> refusal = Optional.empty();
    private final Watch<Optional<Value>> watch;
    private final long opened = System.nanoTime();
    private final Duration patience;
    private boolean toldToWait;

    SharedSettings(ConsulLink link, Duration patience) {
        this.link = link;
        this.patience = patience;
        this.watch = Watch.start(KEY, link, this::ask, this);
    }

    /** By the call that keeps the index of a key that is not there, so that its appearance can be waited for. */
    private ConsulResponse<Optional<Value>> ask(QueryOptions options) throws Exception {
        CompletableFuture<ConsulResponse<Optional<Value>>> answer = new CompletableFuture<>();
        link.keys().getValue(KEY, options, new ConsulResponseCallback<>() {
            @Override
            public void onComplete(ConsulResponse<Optional<Value>> response) {
                answer.complete(response);
            }

            @Override
            public void onFailure(Throwable thrown) {
                answer.completeExceptionally(thrown);
            }
        });
        return answer.get();
    }

    /**
     * Waits for the first answer.
     *
     * @throws SettingsException if Consul refuses
     */
    void awaitAnswer() throws SettingsException, InterruptedException {
        boolean outcome = decided.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        LOG.debug("{} {}", name(), outcome ? "is read" : "could not be read so far");
        Optional<ConsulFailure> refused = refusal;
        if (refused.isPresent()) {
            throw new SettingsException(
                    link.where() + " " + refused.get().getMessage() + ": the shared settings in " + KEY
                            + " cannot be read; set " + ConsulSettings.label(ConsulSettings.TOKEN)
                            + " to a token with the rule  key \"" + KEY + "\" { policy = \"read\" }.",
                    refused.get());
        }
    }

    @Override
    public void answered(Optional<Value> answer) {
        State before = state;
        State after = before;
        Optional<String> text = answer.flatMap(value -> value.getValueAsString(StandardCharsets.UTF_8));
        if (answer.isEmpty()) {
            after = new State(Map.of(), Optional.empty(), Optional.empty());
        } else {
            try {
                SettingsText settings = SettingsText.of(Json.parseObject(text.orElse("")));
                after = new State(settings.values(), unusable(settings.unusable()), Optional.empty());
            } catch (JsonException e) {
                after = new State(
                        before.values(),
                        Optional.of(name() + " is not a JSON object (" + e.getMessage() + "); "
                                + (before.values().isEmpty()
                                        ? "nothing of it is used"
                                        : "what it held before stays in use")
                                + " until it is corrected."),
                        Optional.empty());
            }
        }
        become(after);
        decided.countDown();
    }

    private Optional<String> unusable(List<String> names) {
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(name() + ": what is set as " + String.join(", ", names)
                        + " lies deeper than the value of any setting; it is ignored.");
    }

    @Override
    public void failed(ConsulFailure failure) {
        State before = state;
        if (before.contact().isEmpty()) {
            become(new State(
                    before.values(),
                    before.content(),
                    Optional.of(link.where() + " " + failure.getMessage()
                            + "; the shared settings that are known from before hold, and it is asked again until it"
                            + " answers.")));
        }
        if (failure.refused() && decided.getCount() > 0) {
            refusal = Optional.of(failure);
            decided.countDown();
        } else if (decided.getCount() > 0 && !toldToWait) {
            toldToWait = true;
            Duration left = patience.minusNanos(System.nanoTime() - opened);
            if (left.toMillis() > 0) {
                LOG.warn(
                        "{} {}; waiting up to {} s for it",
                        link.where(),
                        failure.getMessage(),
                        Math.max(1, left.toSeconds()));
            }
        }
    }

    private void become(State after) {
        boolean changed = !after.equals(state);
        state = after;
        if (changed) {
            listeners.forEach(Runnable::run);
        }
    }

    @Override
    public String name() {
        return "Consul " + KEY;
    }

    @Override
    public Map<String, String> values() {
        return state.values();
    }

    @Override
    public List<String> problems() {
        State now = state;
        List<String> problems = new ArrayList<>();
        now.content().ifPresent(problems::add);
        now.contact().ifPresent(problems::add);
        return problems;
    }

    @Override
    public Subscription onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void close() {
        watch.close();
        link.close();
    }
}
