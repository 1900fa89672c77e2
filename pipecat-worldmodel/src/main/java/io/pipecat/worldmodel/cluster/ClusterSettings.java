package io.pipecat.worldmodel.cluster;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.SettingSpec;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Where scheduler and service catalogue are. Other modules declare most of these too; they mean the same by them. */
public final class ClusterSettings {
    static final SettingSpec<URI> NOMAD_ADDR = SettingSpec.httpUrl("nomad_addr")
            .defaultIn(DeploymentMode.DISTRIBUTED, URI.create("http://localhost:4646"))
            .description("Where the cluster's Nomad is, which runs batch jobs.")
            .build();

    static final SettingSpec<Secret> NOMAD_TOKEN = SettingSpec.secret("nomad_token")
            .description(
                    "The ACL token toward Nomad, where it wants one; it needs dispatch-job for the job llamacpp-batch, and"
                            + " node:read to know the machines.")
            .build();

    static final SettingSpec<String> CONSUL_HOST = SettingSpec.string("consul_host")
            .description("Where Consul is. A monolith asks it only if this is set; a distributed node uses cluster_ip"
                    + " unless it is set.")
            .ownOnly()
            .build();

    static final SettingSpec<String> CLUSTER_IP = SettingSpec.string("cluster_ip")
            .defaultValue("127.0.0.1")
            .description("Where a distributed node looks for its cluster's Consul, unless consul_host is set.")
            .ownOnly()
            .build();

    static final SettingSpec<Integer> CONSUL_PORT = SettingSpec.integer("consul_port", 1, 65_535)
            .defaultValue(8500)
            .description("The port of Consul's HTTP interface.")
            .ownOnly()
            .build();

    static final SettingSpec<Secret> CONSUL_TOKEN = SettingSpec.secret("consul_http_token")
            .description("The token that Consul's access control asks for.")
            .ownOnly()
            .build();

    static final SettingSpec<Boolean> CONSUL_TLS = SettingSpec.bool("consul_tls")
            .defaultValue(false)
            .description("Whether Consul is reached by HTTPS.")
            .ownOnly()
            .build();

    static final SettingSpec<Path> CONSUL_CA = SettingSpec.path("consul_ca")
            .description("The certificates in PEM that Consul's must be signed by; those of the JVM unless set.")
            .ownOnly()
            .build();

    static final SettingSpec<Duration> REFRESH = SettingSpec.duration(
                    "world_refresh", Duration.ofSeconds(1), Duration.ofDays(1))
            .defaultValue(Duration.ofMinutes(1))
            .description(
                    "How often the world model asks Nomad for the machines and Consul for the services, where they are"
                            + " configured.")
            .build();

    /** All of them, for the providers of world models. */
    public static final List<SettingSpec<?>> ALL = List.of(
            NOMAD_ADDR,
            NOMAD_TOKEN,
            CONSUL_HOST,
            CLUSTER_IP,
            CONSUL_PORT,
            CONSUL_TOKEN,
            CONSUL_TLS,
            CONSUL_CA,
            REFRESH);

    private ClusterSettings() {}
}
