package io.pipecat.endpoint.worldmodel;

import io.pipecat.api.http.Authenticator;
import io.pipecat.api.http.BearerAuthenticator;
import io.pipecat.api.http.Request;
import io.pipecat.api.http.Response;
import io.pipecat.api.setting.Settings;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may read and change the state of the house: on loopback every program of this machine, elsewhere who has the key. A web page
 * is no program of this machine, though its browser is: without the key it is refused, or any page could unlock the front door.
 */
final class Access implements Authenticator {
    private static final Decision ANYBODY = new Decision.Admitted("anonymous");
    private static final Decision WEB_PAGE = refused("A web page of another place may not call this service. Send"
            + " WORLD_MODEL_API_KEY as Authorization: Bearer if it is yours.");
    private static final Decision OTHER_NAME = refused("This service is asked under a name that is not this machine's"
            + " (header Host). Use 127.0.0.1 or localhost, or send WORLD_MODEL_API_KEY as Authorization: Bearer.");

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-f:.]+]");

    private final BearerAuthenticator keys;
    private final boolean keyNeeded;
    private final boolean loopback;

    Access(Settings settings) {
        this.keys = BearerAuthenticator.of(WorldModelSettings.API_KEY, settings);
        this.loopback = isLoopback(settings.get(WorldModelSettings.BIND_ADDRESS));
        boolean open = settings.get(WorldModelSettings.ALLOW_UNAUTHENTICATED).contains(WorldModelSettings.SERVICE);
        this.keyNeeded = !loopback && !open;
    }

    private static boolean isLoopback(String bindAddress) {
        try {
            return InetAddress.getByName(bindAddress).isLoopbackAddress();
        } catch (UnknownHostException e) {
            // The node says so when it listens; until then the stricter rule is the safe one.
            return false;
        }
    }

    private static Decision refused(String detail) {
        return new Decision.Refused(Response.error(403, detail));
    }

    @Override
    public Decision decide(Request request) {
        if (keyNeeded) {
            return keys.decide(request);
        }
        Optional<String> host = request.header("Host");
        Optional<String> origin = request.header("Origin");
        Decision objection = null;
        if (origin.isPresent() && !isSame(origin.get(), host)) {
            objection = WEB_PAGE;
        } else if (loopback && host.isPresent() && !isOfThisMachine(host.get())) {
            // A page whose name was made to resolve to this machine (DNS rebinding) sends no Origin when it reads.
            objection = OTHER_NAME;
        }
        if (objection == null) {
            return ANYBODY;
        }
        return keys.decide(request) instanceof Decision.Admitted admitted ? admitted : objection;
    }

    private static boolean isSame(String origin, Optional<String> host) {
        try {
            String authority = new URI(origin).getRawAuthority();
            return authority != null && host.filter(authority::equalsIgnoreCase).isPresent();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isOfThisMachine(String host) {
        String name = host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]*$", "");
        return name.equals("localhost") || ADDRESS.matcher(name).matches();
    }

    @Override
    public Optional<String> missingKeySetting() {
        return keys.missingKeySetting();
    }
}
