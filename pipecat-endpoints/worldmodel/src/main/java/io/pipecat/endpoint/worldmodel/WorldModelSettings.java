package io.pipecat.endpoint.worldmodel;

import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.Settings;
import java.util.List;
import java.util.Optional;

/** What can be set about serving the world model. */
final class WorldModelSettings {
    static final String SERVICE = "world-model";
    private static final int USUAL_PORT = 5678;
    private static final int DEFAULT_READERS = 128;

    static final SettingSpec<Integer> PORT = SettingSpec.integer("world_model_port", 0, 65_535)
            .description("The port on which the world model is served; 0 for any free one. Unless set, nomad_port_http"
                    + " or port where nothing else is served, else 5678.")
            .ownOnly()
            .build();

    static final SettingSpec<Integer> NOMAD_PORT = SettingSpec.integer("nomad_port_http", 0, 65_535)
            .description("The port that Nomad gave to this job. Used by a node that serves the world model alone.")
            .ownOnly()
            .build();

    static final SettingSpec<Integer> PLAIN_PORT = SettingSpec.integer("port", 0, 65_535)
            .description("The port that whatever started this process gave to it. Used by a node that serves the world"
                    + " model alone.")
            .ownOnly()
            .build();

    static final SettingSpec<Secret> API_KEY = SettingSpec.secret("world_model_api_key")
            .description("The key of the world model service, or several separated by commas while they are rotated: a"
                    + " server takes each of them, a client sends the first. On loopback none is needed.")
            .build();

    static final SettingSpec<Integer> MAX_READERS = SettingSpec.integer("world_model_max_readers", 1, 10_000)
            .defaultValue(DEFAULT_READERS)
            .description("How many may follow the world model's changes at the same time; one more is answered with"
                    + " 503.")
            .ownOnly()
            .build();

    /** The node's; here without their defaults, as only what somebody wrote matters. */
    private static final SettingSpec<List<String>> SERVE = SettingSpec.list("serve")
            .description("The services to listen for.")
            .ownOnly()
            .build();

    static final SettingSpec<String> BIND_ADDRESS = SettingSpec.string("bind_address")
            .defaultValue("127.0.0.1")
            .description("The address to listen on.")
            .ownOnly()
            .build();

    static final SettingSpec<List<String>> ALLOW_UNAUTHENTICATED = SettingSpec.list("allow_unauthenticated")
            .defaultValue(List.of())
            .description("Services that may be reached beyond loopback without a key.")
            .ownOnly()
            .build();

    private WorldModelSettings() {}

    static List<SettingSpec<?>> all() {
        return List.of(PORT, NOMAD_PORT, PLAIN_PORT, API_KEY, MAX_READERS);
    }

    /** A port that was meant for the process belongs to the world model only where that is all it serves. */
    static int port(Settings settings) {
        Optional<Integer> own = settings.find(PORT);
        boolean alone = settings.find(SERVE).filter(List.of(SERVICE)::equals).isPresent();
        if (own.isEmpty() && alone) {
            own = settings.find(NOMAD_PORT).or(() -> settings.find(PLAIN_PORT));
        }
        return own.orElse(USUAL_PORT);
    }
}
