package io.pipecat.node;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.discovery.ServiceName;
import io.pipecat.api.llm.LLMSource;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.SettingValue;
import io.pipecat.api.setting.SettingsException;
import io.pipecat.node.LLMSettings.Fallback;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the language model is to come from, and why.
 *
 * @param source where from
 * @param reason the words for {@code pipecat topology}
 * @param setting the setting that asked for it
 */
record LLMChoice(LLMSource source, String reason, String setting) {

    /** Decides in the order of the contracts: override, local, hosted, cluster; with nothing said at all, the built-in. */
    static LLMChoice decide(EffectiveSettings settings, ModelFiles models) throws SettingsException {
        Optional<URI> override = settings.find(LLMSettings.LLAMA_API_URL_OVERRIDE);
        if (override.isPresent()) {
            String setting = LLMSettings.LLAMA_API_URL_OVERRIDE.name();
            return override.get().equals(LLMSettings.IN_PROCESS)
                    ? new LLMChoice(inProcess(settings, models, setting), because(settings, setting), setting)
                    : new LLMChoice(new LLMSource.Url(override.get()), because(settings, setting), setting);
        }
        if (runsLocally(settings)) {
            String setting = settings.isSet(LLMSettings.RUN_LOCAL_LLM)
                    ? LLMSettings.RUN_LOCAL_LLM.name()
                    : LLMSettings.LOCAL_LLM_MODEL_PATH.name();
            return new LLMChoice(inProcess(settings, models, setting), because(settings, setting), setting);
        }
        Optional<String> hosted = hosted(settings);
        if (hosted.isPresent()) {
            String setting = LLMSettings.LLM_PROVIDER.name();
            return new LLMChoice(new LLMSource.Hosted(hosted.get()), because(settings, setting), setting);
        }
        Optional<LLMSource.Cluster> cluster = cluster(settings);
        if (cluster.isPresent()) {
            String reason = settings.mode() == DeploymentMode.DISTRIBUTED
                    ? "deployment_mode=distributed and nothing nearer is set"
                    : "consul_host or llama_api_service_name is set";
            return new LLMChoice(cluster.get(), reason, LLMSettings.LLAMA_API_SERVICE_NAME.name());
        }
        if (settings.isSet(LLMSettings.LOCAL_LLM_MODEL_PATH) && namesLocalFallback(settings)) {
            throw new SettingsException(because(settings, LLMSettings.LLM_FALLBACK.name())
                    + " makes the model of local_llm_model_path the second choice, and nothing says which language model"
                    + " is the first; set one of llama_api_url_override and llm_provider, or take llm_fallback away.");
        }
        if (settings.isSet(LLMSettings.LOCAL_LLM_MODEL_PATH)) {
            throw new SettingsException("run_local_llm=false keeps the model of local_llm_model_path ("
                    + settings.describe(LLMSettings.LOCAL_LLM_MODEL_PATH).source()
                    + ") from being used, and nothing else says which language model answers; set one of"
                    + " llama_api_url_override and llm_provider, or take run_local_llm=false away.");
        }
        return new LLMChoice(
                new LLMSource.InProcess(models.bundled()), "no language model is configured", "deployment_mode");
    }

    private static boolean runsLocally(EffectiveSettings settings) {
        // The path alone implies it; an explicit false keeps the path for later.
        return settings.isSet(LLMSettings.RUN_LOCAL_LLM)
                ? settings.get(LLMSettings.RUN_LOCAL_LLM)
                : settings.isSet(LLMSettings.LOCAL_LLM_MODEL_PATH) && !namesLocalFallback(settings);
    }

    private static boolean namesLocalFallback(EffectiveSettings settings) {
        return settings.find(LLMSettings.LLM_FALLBACK)
                .filter(fallback -> fallback instanceof Fallback.Local)
                .isPresent();
    }

    private static boolean fallsBackByDefault(EffectiveSettings settings) {
        boolean forLater = settings.isSet(LLMSettings.RUN_LOCAL_LLM) && !settings.get(LLMSettings.RUN_LOCAL_LLM);
        return settings.mode() == DeploymentMode.MONOLITH
                && settings.isSet(LLMSettings.LOCAL_LLM_MODEL_PATH)
                && !forLater;
    }

    /** Whether something answers if a remote model cannot. */
    static boolean hasFallback(EffectiveSettings settings) {
        return settings.find(LLMSettings.LLM_FALLBACK)
                .map(fallback -> !(fallback instanceof Fallback.Off))
                .orElseGet(() -> fallsBackByDefault(settings));
    }

    /** Decides what answers if the preferred one cannot. The built-in model does only if it is named. */
    static Optional<LLMChoice> fallback(EffectiveSettings settings, ModelFiles models, LLMChoice preferred)
            throws SettingsException {
        boolean remote = !(preferred.source() instanceof LLMSource.InProcess);
        Optional<String> path = settings.find(LLMSettings.LOCAL_LLM_MODEL_PATH);
        String setting = LLMSettings.LLM_FALLBACK.name();
        if (!settings.isSet(LLMSettings.LLM_FALLBACK)) {
            return remote && fallsBackByDefault(settings)
                    ? Optional.of(new LLMChoice(
                            new LLMSource.InProcess(models.find(path.get())),
                            "llm_fallback=local, the default with "
                                    + because(settings, LLMSettings.LOCAL_LLM_MODEL_PATH.name()),
                            LLMSettings.LOCAL_LLM_MODEL_PATH.name()))
                    : Optional.empty();
        }
        Optional<LLMSource> source = switch (settings.get(LLMSettings.LLM_FALLBACK)) {
            case Fallback.Off off -> Optional.empty();
            case Fallback.Url url -> Optional.of(new LLMSource.Url(url.baseUrl()));
            case Fallback.Local local ->
                Optional.of(new LLMSource.InProcess(models.find(path.orElseThrow(() -> new SettingsException(
                        because(settings, setting) + " asks for a model in this process, but local_llm_model_path does"
                                + " not say which; set it to a GGUF file, or to builtin, which never steps in unless it"
                                + " is named.")))));
        };
        if (source.equals(Optional.of(preferred.source()))) {
            throw new SettingsException(because(settings, setting) + " names the model that is asked first already ("
                    + preferred.reason() + "); name another one, or set llm_fallback to off.");
        }
        return source.map(from -> new LLMChoice(from, because(settings, setting), setting));
    }

    private static Optional<String> hosted(EffectiveSettings settings) {
        return settings.find(LLMSettings.LLM_PROVIDER)
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.equals("local"));
    }

    /** The cluster's language model, if it is the preferred one. */
    static Optional<LLMSource.Cluster> cluster(EffectiveSettings settings) throws SettingsException {
        boolean nearer = settings.isSet(LLMSettings.LLAMA_API_URL_OVERRIDE)
                || runsLocally(settings)
                || hosted(settings).isPresent();
        return nearer || !asksCluster(settings)
                ? Optional.empty()
                : Optional.of(new LLMSource.Cluster(serviceNames(settings)));
    }

    /** Whether a setting says where one of them is, so that nobody has to be asked. */
    static boolean isOverridden(LLMSource.Cluster cluster, EffectiveSettings settings) {
        return cluster.services().stream()
                .anyMatch(name -> settings.isSet(SettingsCheck.urlOverride(name.urlOverrideSetting())));
    }

    private static boolean asksCluster(EffectiveSettings settings) {
        return settings.mode() == DeploymentMode.DISTRIBUTED
                || settings.isSet(NodeSettings.CONSUL_HOST)
                || settings.isSet(LLMSettings.LLAMA_API_SERVICE_NAME);
    }

    private static List<ServiceName> serviceNames(EffectiveSettings settings) throws SettingsException {
        List<String> names = settings.find(LLMSettings.LLAMA_API_SERVICE_NAME).orElse(List.of(ServiceName.LLM.value()));
        try {
            return names.stream().map(ServiceName::new).toList();
        } catch (IllegalArgumentException e) {
            throw new SettingsException("llama_api_service_name: " + e.getMessage() + ".", e);
        }
    }

    private static LLMSource inProcess(EffectiveSettings settings, ModelFiles models, String setting)
            throws SettingsException {
        Optional<String> path = settings.find(LLMSettings.LOCAL_LLM_MODEL_PATH);
        if (path.isPresent()) {
            return new LLMSource.InProcess(models.find(path.get()));
        }
        if (settings.mode() == DeploymentMode.DISTRIBUTED) {
            throw new SettingsException(setting + " asks for a model in this process, but local_llm_model_path does not"
                    + " say which, and a distributed node does not fall back on the built-in one by itself; set"
                    + " local_llm_model_path to a GGUF file, or to builtin.");
        }
        return new LLMSource.InProcess(models.bundled());
    }

    private static String because(EffectiveSettings settings, String name) {
        for (SettingSpec<?> spec : LLMSettings.all()) {
            if (spec.name().equals(name)) {
                SettingValue<?> value = settings.describe(spec);
                return name + "=" + value.display().orElse("") + " (" + value.source() + ")";
            }
        }
        throw new IllegalArgumentException(name);
    }

    /** What an operator would have to add if no provider takes this source. */
    String missingJar() {
        return switch (source) {
            case LLMSource.InProcess in -> "pipecat-llm-local";
            case LLMSource.Url url -> "pipecat-llm-openai";
            case LLMSource.Hosted hosted -> "pipecat-llm-openai";
            case LLMSource.Cluster cluster -> "pipecat-llm-openai";
        };
    }

    /** What it is, for people. */
    String detail() {
        return switch (source) {
            case LLMSource.InProcess in -> in.model().toString();
            case LLMSource.Url url -> url.baseUrl().toString();
            case LLMSource.Hosted hosted -> hosted.name();
            case LLMSource.Cluster cluster ->
                String.join(
                        ", ",
                        Stream.of(cluster.services())
                                .flatMap(List::stream)
                                .map(ServiceName::value)
                                .toList());
        };
    }
}
