package io.pipecat.node;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.Nearest;
import io.pipecat.api.NodeContext;
import io.pipecat.api.llm.LLMProvider;
import io.pipecat.api.llm.LLMSource;
import io.pipecat.api.setting.SettingsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds for each language model that the settings name the provider that can make it. */
final class LLMPlan implements LLMChain.Plan {
    private static final Logger LOG = LoggerFactory.getLogger(LLMPlan.class);

    private final Providers providers;
    private final EffectiveSettings settings;
    private final NodeContext context;

    LLMPlan(Providers providers, EffectiveSettings settings, NodeContext context) {
        this.providers = providers;
        this.settings = settings;
        this.context = context;
    }

    @Override
    public List<LLMLink> links() throws SettingsException {
        ModelFiles models =
                new ModelFiles(providers.models(), context.stateDir(), settings.find(LLMSettings.MODELS_DIR));
        LLMChoice preferred = LLMChoice.decide(settings, models);
        refuseClusterWithoutDiscovery(preferred);
        List<LLMLink> links = new ArrayList<>(List.of(link(preferred)));
        Optional<LLMChoice> fallback = LLMChoice.fallback(settings, models, preferred);
        if (fallback.isPresent()) {
            links.add(link(fallback.get()));
        }
        return links;
    }

    private LLMLink link(LLMChoice choice) throws SettingsException {
        List<LLMProvider> able = providers.llms().stream()
                .filter(p -> p.supports(choice.source()))
                .toList();
        if (able.isEmpty()) {
            throw new SettingsException(noProvider(choice));
        }
        LLMProvider provider = able.getFirst();
        if (able.size() > 1) {
            LOG.warn(
                    "Several jars can serve the language model; {} is used because its name comes first in the"
                            + " alphabet. Take the others off the path to choose another.",
                    Providers.label(provider));
        }
        return new LLMLink(
                choice, provider, able.stream().skip(1).map(Providers::label).toList(), context, Thread::sleep);
    }

    private void refuseClusterWithoutDiscovery(LLMChoice choice) throws SettingsException {
        if (!(choice.source() instanceof LLMSource.Cluster cluster)) {
            return;
        }
        boolean found = providers.discoveries().stream().anyMatch(p -> p.wanted(settings));
        if (!found && !LLMChoice.isOverridden(cluster, settings)) {
            throw new SettingsException("The language model is to be found as " + choice.detail() + " because "
                    + choice.reason() + ", but no jar on the path can look it up; set llama_api_url_override to its"
                    + " base URL, or add pipecat-discovery-consul"
                    + (settings.mode() == DeploymentMode.DISTRIBUTED ? ", or set deployment_mode to monolith." : "."));
        }
    }

    private String noProvider(LLMChoice choice) {
        List<String> hosted = providers.llms().stream()
                .flatMap(p -> p.hosted().stream())
                .sorted()
                .toList();
        if (choice.source() instanceof LLMSource.Hosted source && !hosted.isEmpty()) {
            return "llm_provider is '" + source.name() + "', which no jar on the path knows; there is "
                    + String.join(", ", hosted) + "." + Nearest.hint(source.name(), hosted);
        }
        return choice.setting() + " asks for the language model " + choice.detail()
                + ", but no jar on the path can run it; add " + choice.missingJar() + ".";
    }
}
