package io.pipecat.llm.openai;

import io.pipecat.api.NodeContext;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMProvider;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.llm.LLMSource;
import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.Settings;
import io.pipecat.llm.openai.OpenAISettings.Limits;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;

/**
 * Makes language models of OpenAI-compatible endpoints: a base URL, a service of the cluster (found anew at each call), or a hosted
 * service ({@code openai}, {@code groq}, {@code deepseek}, {@code openrouter}).
 *
 * <p>The services are thread-safe and run any number of calls at once. Each keeps its own connections until it is closed. A call may be
 * interrupted on any kind of thread, which closes its connection at once. A hosted service's key is sent to that service only,
 * {@code LLAMA_API_KEY} to base URLs and the cluster only; redirections to another server are not followed.
 */
public final class OpenAILLMProvider implements LLMProvider {
    private final List<Preset> presets;
    private final DoubleSupplier random;
    private final Optional<OpenAILLMService.Pause> pause;

    /** Makes the provider, as {@link java.util.ServiceLoader} does. */
    public OpenAILLMProvider() {
        this(Preset.ALL, () -> ThreadLocalRandom.current().nextDouble(), Optional.empty());
    }

    OpenAILLMProvider(List<Preset> presets, DoubleSupplier random, Optional<OpenAILLMService.Pause> pause) {
        this.presets = presets;
        this.random = random;
        this.pause = pause;
    }

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public List<SettingSpec<?>> settings() {
        return OpenAISettings.ALL;
    }

    @Override
    public List<String> hosted() {
        return presets.stream().map(Preset::name).toList();
    }

    @Override
    public boolean supports(LLMSource source) {
        return switch (source) {
            case LLMSource.Url url -> isHttp(url.baseUrl());
            case LLMSource.Hosted preset -> hosted().contains(preset.name());
            case LLMSource.Cluster cluster -> true;
            case LLMSource.InProcess file -> false;
        };
    }

    private static boolean isHttp(URI uri) {
        return "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    }

    @Override
    public LLMService create(LLMSource source, NodeContext context) throws LLMException {
        return switch (source) {
            case LLMSource.Url url -> ofUrl(url.baseUrl(), context);
            case LLMSource.Hosted preset -> ofPreset(preset.name(), context);
            case LLMSource.Cluster cluster -> ofCluster(cluster, context);
            case LLMSource.InProcess file ->
                throw unusable("The provider openai talks to servers and cannot run " + file.model()
                        + " in this process; add the jar of a provider that can, such as pipecat-llm-local.");
        };
    }

    private LLMService ofUrl(URI uri, NodeContext context) throws LLMException {
        HttpUrl base;
        try {
            base = BaseUrl.normalise(uri);
        } catch (IllegalArgumentException e) {
            throw new LLMException(
                    LLMException.Reason.UNUSABLE, "The base URL of the language model " + e.getMessage() + ".", e);
        }
        Target target = new Target(
                base,
                key(context.settings(), OpenAISettings.LLAMA_API_KEY),
                OpenAISettings.label(OpenAISettings.LLAMA_API_KEY),
                "the base URL (LLAMA_API_URL_OVERRIDE or LLM_FALLBACK)",
                true,
                Optional.empty());
        return service(
                context,
                () -> Targets.of(target),
                target.display(),
                Preset.MAX_TOKENS,
                context.settings().find(OpenAISettings.MODEL));
    }

    private LLMService ofPreset(String name, NodeContext context) throws LLMException {
        Preset preset = presets.stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unusable(
                        "LLM_PROVIDER=" + name + " is not known; known are " + String.join(", ", hosted()) + "."));
        Optional<Secret> key = key(context.settings(), preset.key());
        if (key.isEmpty()) {
            throw unusable("LLM_PROVIDER=" + name + " needs a key: set " + OpenAISettings.label(preset.key()) + ".");
        }
        Optional<String> model = context.settings().find(OpenAISettings.MODEL).or(preset::defaultModel);
        if (model.isEmpty()) {
            throw unusable("LLM_PROVIDER=" + name + " needs to know which model to ask for: set "
                    + OpenAISettings.label(OpenAISettings.MODEL) + ".");
        }
        Target target = new Target(
                BaseUrl.normalise(URI.create(preset.baseUrl())),
                key,
                OpenAISettings.label(preset.key()),
                "LLM_PROVIDER and the network",
                false,
                Optional.empty());
        return service(context, () -> Targets.of(target), name, preset.maxTokensField(), model);
    }

    private LLMService ofCluster(LLMSource.Cluster cluster, NodeContext context) throws LLMException {
        Optional<Secret> key = key(context.settings(), OpenAISettings.LLAMA_API_KEY);
        String names = cluster.services().stream().map(Object::toString).collect(Collectors.joining(", "));
        return service(
                context,
                () -> new ClusterTargets(context.discovery(), cluster.services(), key),
                names + " in the cluster",
                Preset.MAX_TOKENS,
                context.settings().find(OpenAISettings.MODEL));
    }

    private LLMService service(
            NodeContext context,
            Supplier<Targets> targets,
            String where,
            String maxTokensField,
            Optional<String> model) {
        Limits limits = Limits.of(context.settings());
        Http http = new Http(limits.connect(), context.node(), context.clock());
        return new OpenAILLMService(
                targets,
                where,
                maxTokensField,
                context.settings(),
                limits,
                new Backoff(limits.maxWait(), random),
                http,
                new Models(http, limits, context.steadyClock(), model),
                pause.orElse(http::awaitClosed));
    }

    /** Reads a key; while keys are rotated there may be several, and a client sends the first. */
    private static Optional<Secret> key(Settings settings, SettingSpec<Secret> spec) throws LLMException {
        Optional<Secret> key =
                settings.find(spec).flatMap(s -> s.split().stream().findFirst());
        if (key.isPresent() && !key.get().reveal().chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw unusable(OpenAISettings.label(spec)
                    + " holds a character that no key has, such as a blank or a line break within it; copy it again.");
        }
        return key;
    }

    private static LLMException unusable(String message) {
        return new LLMException(LLMException.Reason.UNUSABLE, message);
    }
}
