package io.pipecat.endpoint.web;

import io.pipecat.api.NodeContext;
import io.pipecat.api.http.Authenticator;
import io.pipecat.api.http.HttpEndpoint;
import io.pipecat.api.http.RequestHandler;
import io.pipecat.api.http.Response;
import io.pipecat.api.http.Route;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.setting.SettingsException;
import io.pipecat.api.shared.RateLimit;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The web listener: what it is made of, and which call goes where. */
final class WebEndpoint implements HttpEndpoint {
    private static final int LOGIN_BODY = 4 << 10;

    private final NodeContext context;
    private final Access access;
    private final Streams streams;
    private final HealthReport health;
    private final NodeReport report;
    private final Samples samples;
    private final Chats chats;
    private final Gateway gateway;
    private final List<Api> apis = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();

    WebEndpoint(NodeContext context, Pace pace) throws SettingsException {
        this(context, pace, host -> List.of(InetAddress.getAllByName(host)));
    }

    WebEndpoint(NodeContext context, Pace pace, Callbacks.Resolver resolver) throws SettingsException {
        Settings settings = context.settings();
        this.context = context;
        this.access = new Access(context);
        Allowlist allowlist = new Allowlist(settings.get(WebSettings.CALLBACK_ALLOWLIST));
        Store store = new Store(context.stateDir().resolve("conversations"));
        ApprovalDesk desk = new ApprovalDesk();
        this.streams = new Streams(settings.get(WebSettings.MAX_STREAMS), pace, context.metrics());
        this.health = new HealthReport(context, pace.health());
        this.report = new NodeReport(context, health);
        this.samples = new Samples(context, pace.sample());
        LogRoutes logs = new LogRoutes(context);
        Hub hub = new Hub(context, store, streams, report, health, samples, logs, pace);
        this.chats = new Chats(context, store, desk, hub);
        this.gateway = new Gateway(chats, new Callbacks(allowlist, resolver, Duration.ofSeconds(2)), pace.syncAnswer());
        addSession();
        apis.add(Api.get(
                "/api/node", "Tells what this node is and how it is wired.", r -> Response.json(200, report.json())));
        apis.add(hub.api());
        apis.addAll(new ConversationRoutes(context, store, chats, desk, new Followers(streams, hub)).apis());
        apis.addAll(new WorldRoutes(context).apis());
        apis.add(Api.get("/api/metrics", "Tells the last half hour as series of numbers.", r -> samples.response()));
        apis.add(logs.api());
        apis.addAll(gateway.apis());
        addFiles();
        Guarded guard = new Guarded(access, new RateLimit(settings.get(WebSettings.RATE_LIMIT), context.clock()));
        apis.forEach(api -> routes.add(api.route(guard)));
        RequestHandler preflight = request -> Guarded.withHeaders(access.preflight(request));
        routes.add(Route.of("OPTIONS", "/api/{path...}", preflight)
                .withSummary("Tells a browser whether a page of another origin may call.")
                .toEverybody());
        routes.add(Route.of("OPTIONS", "/internal/{path...}", preflight)
                .withSummary("The same for the gateway.")
                .toEverybody());
    }

    private void addSession() {
        Logins logins = access.logins();
        apis.add(Api.get(
                        "/api/session",
                        "Tells whether a key is needed, and whether this browser has shown one.",
                        logins::session)
                .open());
        apis.add(
                Api.of("POST", "/api/login", "Takes a key and answers with a cookie that stands for it.", logins::login)
                        .taking(Api.text("key", "a key of this node"))
                        .upTo(LOGIN_BODY)
                        .answering(204, "", "The cookie is set.")
                        .open());
        apis.add(Api.of("POST", "/api/logout", "Ends what the cookie stands for.", logins::logout)
                .answering(204, "", "The cookie is gone.")
                .open());
    }

    private void addFiles() {
        StaticFiles files = new StaticFiles();
        apis.add(Api.get("/", "The web UI.", files::index)
                .answering(200, "text/html", "The page.")
                .open());
        apis.add(Api.get("/ui/{path...}", "What the page of the web UI is made of.", files::file)
                .answering(200, "application/octet-stream", "The file.")
                .open());
        apis.add(Api.get("/openapi.json", "This description.", request -> Response.json(200, description()))
                .open());
    }

    private JsonObject description() {
        return OpenApi.of(apis, context.node().version());
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    @Override
    public Authenticator authenticator() {
        return access;
    }

    @Override
    public void drain() {
        streams.drain();
    }

    @Override
    public void close() {
        streams.close();
        gateway.close();
        chats.close();
        samples.close();
        report.close();
        health.close();
    }
}
