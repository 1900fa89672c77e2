package io.pipecat.endpoint.web;

import io.pipecat.api.NodeContext;
import io.pipecat.api.http.Authenticator;
import io.pipecat.api.http.Request;
import io.pipecat.api.http.Response;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.setting.SettingsException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who may use the API. With keys: who sends one, or has logged in with one. Without: every program of this machine, but no web page of
 * another place, though its browser is a program of this machine: else any page could talk to the assistant and switch the house.
 */
final class Access implements Authenticator {
    private static final Decision ANYBODY = new Decision.Admitted("anonymous");
    private static final Decision OTHER_PAGE = refused(
            403,
            "A web page of another place may not call this node. If it is yours, name its address in"
                    + " allowed_origins.");
    private static final Decision OTHER_NAME = refused(
            403,
            "This node is asked under a name that is not its own (header Host). Use 127.0.0.1 or localhost, or name"
                    + " the address in allowed_origins.");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-f:.]+]");
    private static final Set<String> READS = Set.of("GET", "HEAD");

    private final Keys keys;
    private final Logins logins;
    private final Set<String> origins;
    private final Set<String> names;

    Access(NodeContext context) throws SettingsException {
        Settings settings = context.settings();
        this.keys = new Keys(settings);
        this.logins = new Logins(context.steadyClock(), keys);
        this.origins = settings.get(WebSettings.ALLOWED_ORIGINS).stream()
                .map(Access::normal)
                .collect(Collectors.toUnmodifiableSet());
        String name = context.node().name().toLowerCase(Locale.ROOT);
        Stream<String> own = Stream.of("localhost", name, name + ".local", name + ".lan", name + ".home.arpa");
        Stream<String> allowed = origins.stream().map(origin -> hostOf(origin.replaceFirst("^[a-z]+://", "")));
        this.names = Stream.of(own, allowed, bound(settings).stream())
                .flatMap(each -> each)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<String> bound(Settings settings) {
        String bind = settings.get(WebSettings.BIND_ADDRESS);
        try {
            InetAddress address = InetAddress.getByName(bind);
            return address.isAnyLocalAddress() ? Optional.empty() : Optional.of(bind.toLowerCase(Locale.ROOT));
        } catch (UnknownHostException e) {
            // The node says so when it listens.
            return Optional.empty();
        }
    }

    private static Decision refused(int status, String detail) {
        return new Decision.Refused(Guarded.withHeaders(Response.error(status, detail)));
    }

    Keys keys() {
        return keys;
    }

    Logins logins() {
        return logins;
    }

    @Override
    public Decision decide(Request request) {
        Optional<Decision> objection = pageObjection(request);
        if (objection.isPresent()) {
            return objection.get();
        }
        if (keys.areNeeded()) {
            return keys.admit(request)
                    .or(() -> logins.admit(request))
                    .<Decision>map(Decision.Admitted::new)
                    .orElseGet(() -> unauthorized(request));
        }
        // A page whose name was made to resolve to this machine (DNS rebinding) is of the same origin to its browser.
        return request.header("Host").filter(host -> !isOwn(host)).isPresent() ? OTHER_NAME : ANYBODY;
    }

    /** Whether a request under this name may log in or be shown the page: the same as for the rest. */
    private Optional<Decision> pageObjection(Request request) {
        Optional<String> origin = request.header("Origin");
        if (origin.isPresent()) {
            return isSame(origin.get(), request.header("Host")) || isAllowed(origin.get())
                    ? Optional.empty()
                    : Optional.of(OTHER_PAGE);
        }
        // Browsers say where a request comes from even where they send no Origin: an image, a form of old.
        boolean cross =
                request.header("Sec-Fetch-Site").filter("cross-site"::equals).isPresent();
        return cross ? Optional.of(OTHER_PAGE) : Optional.empty();
    }

    /** What to answer a web page of another place on a route that is open to everybody; nothing if it may go on. */
    Optional<Response> refusePage(Request request) {
        return pageObjection(request).map(decision -> ((Decision.Refused) decision).response());
    }

    private Decision unauthorized(Request request) {
        boolean sent = request.header("Authorization").isPresent();
        Response response = Response.error(
                        401,
                        sent
                                ? "The key is not one of this node's (pipecat_api_keys)."
                                : "A key is needed: send it as Authorization: Bearer <key>, or log in.")
                .withHeader("WWW-Authenticate", "Bearer");
        return new Decision.Refused(withCors(Guarded.withHeaders(response), request));
    }

    /** Lets a page of an allowed origin read the answer. */
    Response withCors(Response response, Request request) {
        if (origins.isEmpty()) {
            return response;
        }
        Response varied = response.headers().containsKey("Vary")
                ? response.withHeader("Vary", response.headers().get("Vary") + ", Origin")
                : response.withHeader("Vary", "Origin");
        return request.header("Origin")
                .filter(this::isAllowed)
                .map(origin -> varied.withHeader("Access-Control-Allow-Origin", origin)
                        .withHeader("Access-Control-Expose-Headers", "Retry-After"))
                .orElse(varied);
    }

    /** Answers what a browser asks before it lets a page of another origin call. */
    Response preflight(Request request) {
        boolean allowed = request.header("Origin").filter(this::isAllowed).isPresent();
        Response answer = allowed
                ? new Response(204, java.util.Map.of(), new Response.Body.Bytes(new byte[0]))
                        .withHeader("Access-Control-Allow-Methods", "GET, POST, PATCH, DELETE")
                        .withHeader("Access-Control-Allow-Headers", "Authorization, Content-Type, Last-Event-ID")
                        .withHeader("Access-Control-Max-Age", "600")
                : Response.error(403, "This origin is not among allowed_origins.");
        return withCors(answer, request);
    }

    private boolean isAllowed(String origin) {
        return origins.contains(normal(origin));
    }

    private static String normal(String origin) {
        String lower = origin.strip().toLowerCase(Locale.ROOT);
        return lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static boolean isSame(String origin, Optional<String> host) {
        try {
            String authority = new URI(origin).getRawAuthority();
            return authority != null && host.filter(authority::equalsIgnoreCase).isPresent();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String hostOf(String authority) {
        return authority.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]*$", "");
    }

    private boolean isOwn(String host) {
        String name = hostOf(host);
        return names.contains(name) || ADDRESS.matcher(name).matches();
    }

    static boolean isRead(Request request) {
        return READS.contains(request.method());
    }

    @Override
    public Optional<String> missingKeySetting() {
        return keys.areNeeded() ? Optional.empty() : Optional.of(WebSettings.API_KEYS.name());
    }
}
