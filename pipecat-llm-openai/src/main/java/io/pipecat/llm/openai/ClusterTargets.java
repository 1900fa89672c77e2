package io.pipecat.llm.openai;

import io.pipecat.api.discovery.DiscoveryException;
import io.pipecat.api.discovery.Endpoint;
import io.pipecat.api.discovery.ServiceDiscovery;
import io.pipecat.api.discovery.ServiceName;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.setting.Secret;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The instances that discovery knows, name by name. */
final class ClusterTargets implements Targets {
    private static final Logger log = LoggerFactory.getLogger(ClusterTargets.class);

    private final ServiceDiscovery discovery;
    private final List<ServiceName> services;
    private final Optional<Secret> key;
    private final Set<String> unusable = new LinkedHashSet<>();

    ClusterTargets(ServiceDiscovery discovery, List<ServiceName> services, Optional<Secret> key) {
        this.discovery = discovery;
        this.services = services;
        this.key = key;
    }

    @Override
    public Optional<Target> next(Set<HttpUrl> tried) throws InterruptedException {
        for (ServiceName service : services) {
            Optional<Target> target = next(service, tried);
            if (target.isPresent()) {
                return target;
            }
        }
        return Optional.empty();
    }

    private Optional<Target> next(ServiceName service, Set<HttpUrl> tried) throws InterruptedException {
        try {
            // find() spreads the calls; the list is for the case that its choice was tried already.
            Optional<Target> best = discovery.find(service).flatMap(e -> target(service, e, tried));
            if (best.isPresent()) {
                return best;
            }
            return other(service, tried);
        } catch (DiscoveryException e) {
            // If nobody is found under the other names either, none() asks what is wrong.
            log.debug("{}", e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public boolean hasOther(Set<HttpUrl> tried) throws InterruptedException {
        for (ServiceName service : services) {
            try {
                if (other(service, tried).isPresent()) {
                    return true;
                }
            } catch (DiscoveryException e) {
                log.debug("{}", e.getMessage());
            }
        }
        return false;
    }

    private Optional<Target> other(ServiceName service, Set<HttpUrl> tried)
            throws DiscoveryException, InterruptedException {
        return discovery.findAll(service).stream()
                .flatMap(e -> target(service, e, tried).stream())
                .findFirst();
    }

    private Optional<Target> target(ServiceName service, Endpoint endpoint, Set<HttpUrl> tried) {
        HttpUrl base;
        try {
            base = BaseUrl.normalise(endpoint.uri());
        } catch (IllegalArgumentException e) {
            unusable.add("the address of " + service + " from " + endpoint.source() + " " + e.getMessage());
            return Optional.empty();
        }
        if (tried.contains(base)) {
            return Optional.empty();
        }
        return Optional.of(new Target(
                base,
                key,
                OpenAISettings.label(OpenAISettings.LLAMA_API_KEY),
                "what is registered as " + service + " (" + endpoint.source() + ")",
                true,
                Optional.of(new Target.Found(service, endpoint))));
    }

    @Override
    public void failed(Target target) {
        target.origin().ifPresent(found -> discovery.reportFailure(found.service(), found.endpoint()));
    }

    @Override
    public LLMException none() throws InterruptedException {
        String names = services.stream().map(ServiceName::toString).collect(Collectors.joining(", "));
        String found = unusable.isEmpty() ? discovery.absence(services) : String.join("; ", unusable);
        return new LLMException(
                LLMException.Reason.UNAVAILABLE,
                "No language model was found: looked for " + names + ": " + found
                        + "; start one there, or set LLAMA_API_URL_OVERRIDE to the base URL of one.");
    }
}
