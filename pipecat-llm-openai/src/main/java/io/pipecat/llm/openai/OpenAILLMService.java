package io.pipecat.llm.openai;

import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.LLMResponse;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.setting.Settings;
import io.pipecat.llm.openai.OpenAISettings.Limits;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A model behind one or several servers. Chooses whom to ask and decides what is asked again. */
final class OpenAILLMService implements LLMService {
    private static final Logger log = LoggerFactory.getLogger(OpenAILLMService.class);

    /** Waits between two attempts; a test need not. */
    interface Pause {
        /** Returns whether the service was closed meanwhile. */
        boolean await(Duration time) throws InterruptedException;
    }

    private final Supplier<Targets> targets;
    private final String where;
    private final String maxTokensField;
    private final Settings settings;
    private final Limits limits;
    private final Backoff backoff;
    private final Http http;
    private final Models models;
    private final Pause pause;
    private volatile OptionalInt learnedContextTokens = OptionalInt.empty();

    /**
     * Makes a service.
     *
     * @param targets gives the instances for each call
     * @param where the instances for people
     * @param maxTokensField what they call the limit of tokens to write
     * @param settings the node's settings
     * @param limits how long to wait and how often to ask
     * @param backoff how long to wait between attempts
     * @param http the connections, closed by the service
     * @param models what the instances serve
     * @param pause waits between attempts
     */
    OpenAILLMService(
            Supplier<Targets> targets,
            String where,
            String maxTokensField,
            Settings settings,
            Limits limits,
            Backoff backoff,
            Http http,
            Models models,
            Pause pause) {
        this.targets = targets;
        this.where = where;
        this.maxTokensField = maxTokensField;
        this.settings = settings;
        this.limits = limits;
        this.backoff = backoff;
        this.http = http;
        this.models = models;
        this.pause = pause;
    }

    @Override
    public LLMResponse process(LLMContext context, Consumer<? super LLMFrame> sink)
            throws LLMException, InterruptedException {
        LLMResponse.Collector out = new LLMResponse.Collector(sink);
        Targets candidates = targets.get();
        Set<HttpUrl> hopeless = new HashSet<>();
        for (int attempts = 1; ; attempts++) {
            Optional<Failure> failure = round(candidates, hopeless, context, out, false);
            if (failure.isEmpty()) {
                return out.response();
            }
            waitOrGiveUp(failure.get(), attempts);
        }
    }

    @Override
    public LLMResponse processOnce(LLMContext context, Consumer<? super LLMFrame> sink)
            throws LLMException, InterruptedException {
        LLMResponse.Collector out = new LLMResponse.Collector(sink);
        Optional<Failure> failure = round(targets.get(), new HashSet<>(), context, out, true);
        if (failure.isPresent()) {
            throw failure.get();
        }
        return out.response();
    }

    /**
     * Asks one instance after the other. Returns the failure to judge by; empty if there is an answer.
     *
     * @param others whether the caller has somebody else to ask after the last instance
     */
    private Optional<Failure> round(
            Targets candidates, Set<HttpUrl> hopeless, LLMContext context, LLMResponse.Collector out, boolean others)
            throws LLMException, InterruptedException {
        Set<HttpUrl> tried = new HashSet<>(hopeless);
        Optional<Failure> worth = Optional.empty();
        boolean waited = false;
        for (Optional<Target> t = candidates.next(tried); t.isPresent(); t = candidates.next(tried)) {
            Target target = t.get();
            tried.add(target.base());
            try {
                if (waited && others) {
                    models.glance(target);
                }
                ask(target, context, out, others || candidates.hasOther(tried));
                return Optional.empty();
            } catch (Failure f) {
                waited |= f.meansAway() && f.reason() == LLMException.Reason.TIMEOUT;
                if (f.faultOfInstance()) {
                    candidates.failed(target);
                }
                if (out.hasContent() || !f.faultOfInstance() || http.isClosed()) {
                    throw f;
                }
                if (!f.repeatable()) {
                    hopeless.add(target.base());
                }
                if (worth.isEmpty() || f.repeatable()) {
                    worth = Optional.of(f);
                }
            }
        }
        if (worth.isEmpty()) {
            throw candidates.none();
        }
        return worth;
    }

    private void waitOrGiveUp(Failure failure, int attempts) throws Failure, InterruptedException {
        Failure told = attempts == 1 ? failure : failure.afterAttempts(attempts);
        if (!failure.repeatable() || attempts > limits.retries()) {
            throw told;
        }
        Duration wait = backoff.before(attempts, failure.retryAfter()).orElseThrow(() -> told);
        log.info(
                "Trying again in {} ms ({} of {}): {}",
                wait.toMillis(),
                attempts,
                limits.retries(),
                failure.getMessage());
        if (pause.await(wait)) {
            throw told;
        }
    }

    /** Where another can be asked, a target that is gone is not waited for until its deadline. */
    private void ask(Target target, LLMContext context, LLMResponse.Collector out, boolean others)
            throws Failure, InterruptedException {
        if (!others) {
            ask(target, context, out, limits, models.nameFor(target), Optional.empty());
            return;
        }
        String model = models.nameForOneOfSeveral(target);
        try (Pulse pulse = new Pulse(timeout -> models.inquire(target, timeout), limits.liveness())) {
            ask(target, context, out, limits.impatient(), model, Optional.of(pulse));
        }
    }

    private void ask(
            Target target,
            LLMContext context,
            LLMResponse.Collector out,
            Limits within,
            String model,
            Optional<Pulse> pulse)
            throws Failure, InterruptedException {
        learnedContextTokens = models.contextTokens(target);
        String body = ChatRequest.body(context, model, maxTokensField).toString();
        ResponseBuilder builder = new ResponseBuilder(model, ChatRequest.callIds(context), out);
        try {
            http.send(target, target.url("chat/completions"), Optional.of(body), within, pulse, attempt -> {
                attempt.answer(builder, out::hasContent);
                return builder;
            });
        } catch (Failure f) {
            if (f.reason() == LLMException.Reason.REJECTED) {
                models.forget(target);
            }
            throw f;
        }
    }

    /**
     * Returns the size that is set; else what the server that was asked last said of the model, if it said so; else the setting's
     * default. A server says so with the list of its models, which it is asked for before its first answer if no model is set.
     */
    @Override
    public int contextTokens() {
        return settings.isSet(OpenAISettings.CONTEXT_TOKENS)
                ? settings.get(OpenAISettings.CONTEXT_TOKENS)
                : learnedContextTokens.orElseGet(() -> settings.get(OpenAISettings.CONTEXT_TOKENS));
    }

    @Override
    public String description() {
        return models.configured().orElse("the model") + " at " + where;
    }

    /** Asks the first instance that answers for its models, once, and remembers what it says of its context. */
    @Override
    public void check() throws LLMException, InterruptedException {
        Targets candidates = targets.get();
        Set<HttpUrl> tried = new HashSet<>();
        Optional<Failure> last = Optional.empty();
        for (Optional<Target> t = candidates.next(tried); t.isPresent(); t = candidates.next(tried)) {
            tried.add(t.get().base());
            try {
                models.check(t.get(), candidates.hasOther(tried));
                learnedContextTokens = models.contextTokens(t.get());
                return;
            } catch (Failure f) {
                candidates.failed(t.get());
                last = Optional.of(f);
            }
        }
        throw last.isPresent() ? last.get() : candidates.none();
    }

    @Override
    public void close() {
        http.close();
    }
}
