package io.pipecat.node;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.discovery.ServiceName;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.SettingType;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The settings that choose the language model, in the order in which they are asked. */
public final class LLMSettings {
    private static final String IN_PROCESS_TEXT = "inprocess:";

    /** The override that means "in this process"; a bare scheme is no URI to Java. */
    static final URI IN_PROCESS = URI.create(IN_PROCESS_TEXT + "model");

    /** Where the language model is, before every other source. */
    public static final SettingSpec<URI> LLAMA_API_URL_OVERRIDE = SettingSpec.of(
                    "llama_api_url_override",
                    new SettingType<URI>(
                            "a base URL, or inprocess:",
                            List.of(),
                            LLMSettings::parseOverride,
                            LLMSettings::formatOverride))
            .description("Where the language model is: the base URL of an OpenAI-compatible service (/v1 is appended if"
                    + " it has no path), or inprocess: for a model in this process.")
            .build();

    /** Whether the model runs in this process. */
    public static final SettingSpec<Boolean> RUN_LOCAL_LLM = SettingSpec.bool("run_local_llm")
            .defaultValue(false)
            .description("Runs the model of local_llm_model_path in this process; implied by that setting alone.")
            .build();

    /** A hosted service. */
    public static final SettingSpec<String> LLM_PROVIDER = SettingSpec.string("llm_provider")
            .description("A hosted language model: openai, groq, deepseek or openrouter, with its key. The"
                    + " predecessor's value 'local' equals unset.")
            .build();

    /** Names of the cluster's language models. */
    public static final SettingSpec<List<String>> LLAMA_API_SERVICE_NAME = SettingSpec.list("llama_api_service_name")
            .defaultIn(DeploymentMode.DISTRIBUTED, List.of(ServiceName.LLM.value()))
            .description("The Consul services that are language models, in order of preference.")
            .build();

    /** The model file. */
    public static final SettingSpec<String> LOCAL_LLM_MODEL_PATH = SettingSpec.string("local_llm_model_path")
            .description("The GGUF file to run in this process; a bare name is looked up in models_dir; builtin names"
                    + " the model that the distribution carries.")
            .ownOnly()
            .build();

    /** Where models lie. */
    public static final SettingSpec<Path> MODELS_DIR = SettingSpec.path("models_dir")
            .description("Where model files lie; <state_dir>/models unless set.")
            .ownOnly()
            .build();

    /** Who answers if the preferred model cannot. */
    public sealed interface Fallback {
        /** Nobody. */
        record Off() implements Fallback {}

        /** The model of {@code local_llm_model_path}. */
        record Local() implements Fallback {}

        /**
         * Another service.
         *
         * @param baseUrl its base URL
         */
        record Url(URI baseUrl) implements Fallback {}
    }

    /** What answers if the preferred model cannot. */
    public static final SettingSpec<Fallback> LLM_FALLBACK = SettingSpec.of(
                    "llm_fallback",
                    new SettingType<Fallback>(
                            "off, local, or a base URL",
                            List.of(),
                            LLMSettings::parseFallback,
                            LLMSettings::formatFallback))
            .description(
                    "What answers if the preferred language model cannot: off, local (the model of"
                            + " local_llm_model_path), or the base URL of an OpenAI-compatible service. Unless it is set: local in"
                            + " a monolith whose preferred model is remote and for which local_llm_model_path is set, else off.")
            .build();

    private LLMSettings() {}

    private static URI parseOverride(String text) {
        if (text.strip().equalsIgnoreCase(IN_PROCESS_TEXT)) {
            return IN_PROCESS;
        }
        return withPath(parseUrl(text));
    }

    private static URI withPath(URI uri) {
        boolean bare = uri.getRawPath() == null
                || uri.getRawPath().isEmpty()
                || uri.getRawPath().equals("/");
        return bare ? uri.resolve("/v1") : uri;
    }

    private static URI parseUrl(String text) {
        try {
            return SettingType.httpUrl().parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    e.getMessage() + ", or be " + IN_PROCESS_TEXT + " for a model in this process", e);
        }
    }

    private static Fallback parseFallback(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "off" -> new Fallback.Off();
            case "local" -> new Fallback.Local();
            default -> {
                try {
                    yield new Fallback.Url(withPath(SettingType.httpUrl().parse(text)));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(e.getMessage() + ", or be off or local", e);
                }
            }
        };
    }

    private static String formatFallback(Fallback fallback) {
        return switch (fallback) {
            case Fallback.Off off -> "off";
            case Fallback.Local local -> "local";
            case Fallback.Url url -> url.baseUrl().toString();
        };
    }

    private static String formatOverride(URI uri) {
        return uri.equals(IN_PROCESS) ? IN_PROCESS_TEXT : uri.toString();
    }

    static List<SettingSpec<?>> all() {
        return List.of(
                LLAMA_API_URL_OVERRIDE,
                RUN_LOCAL_LLM,
                LLM_PROVIDER,
                LLAMA_API_SERVICE_NAME,
                LOCAL_LLM_MODEL_PATH,
                MODELS_DIR,
                LLM_FALLBACK);
    }
}
