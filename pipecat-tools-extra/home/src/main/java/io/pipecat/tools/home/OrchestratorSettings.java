package io.pipecat.tools.home;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.SettingSpec;
import java.net.URI;
import java.util.List;

/** The settings of the {@code orchestrator} tool. */
final class OrchestratorSettings {
    static final SettingSpec<URI> NOMAD_ADDR = SettingSpec.httpUrl("nomad_addr")
            .defaultIn(DeploymentMode.DISTRIBUTED, URI.create("http://localhost:4646"))
            .description("Where the cluster's Nomad is, which runs batch jobs.")
            .build();

    static final SettingSpec<Secret> NOMAD_TOKEN = SettingSpec.secret("nomad_token")
            .description(
                    "The ACL token toward Nomad, where it wants one; it needs dispatch-job for the job llamacpp-batch.")
            .build();

    static final List<SettingSpec<?>> ALL = List.of(NOMAD_ADDR, NOMAD_TOKEN);

    private OrchestratorSettings() {}
}
