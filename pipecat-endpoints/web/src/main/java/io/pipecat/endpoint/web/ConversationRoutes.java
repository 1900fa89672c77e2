package io.pipecat.endpoint.web;

import io.pipecat.api.NodeContext;
import io.pipecat.api.http.Request;
import io.pipecat.api.http.Response;
import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Conversations: the list, one of them, what is said in it, and questions whether a tool may run. */
final class ConversationRoutes {
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_TEXT = 200_000;
    private static final long LARGEST_BODY = 1 << 20;
    private static final Response GONE = Response.error(404, "There is no conversation of that id.");
    private static final Response FULL = Response.error(
                    429,
                    "Too many messages of this conversation wait for an answer. Wait, or cancel the turn that runs.")
            .withHeader("Retry-After", "5");
    private static final Map<String, ApprovalDesk.Ending> DECISIONS = Map.of(
            "once", ApprovalDesk.Ending.ONCE,
            "always", ApprovalDesk.Ending.ALWAYS,
            "deny", ApprovalDesk.Ending.DENY);

    private final NodeContext context;
    private final Store store;
    private final Chats chats;
    private final ApprovalDesk desk;
    private final Followers followers;

    ConversationRoutes(NodeContext context, Store store, Chats chats, ApprovalDesk desk, Followers followers) {
        this.context = context;
        this.store = store;
        this.chats = chats;
        this.desk = desk;
        this.followers = followers;
    }

    List<Api> apis() {
        Api.Field title = Api.optional("title", "what to call it");
        Api.Field text = Api.text("text", "what is said");
        return List.of(
                Api.get(
                                "/api/conversations",
                                "Lists conversations, newest first; query searches all that was said.",
                                stored(this::list))
                        .asking("query", "limit"),
                Api.of("POST", "/api/conversations", "Begins a conversation.", stored(this::create))
                        .taking(title)
                        .answering(201, "application/json", "The conversation."),
                Api.get("/api/conversations/{id}", "Returns a conversation with all that was said.", stored(this::get)),
                Api.of("PATCH", "/api/conversations/{id}", "Renames a conversation.", stored(this::rename))
                        .taking(Api.text("title", "what to call it")),
                Api.of("DELETE", "/api/conversations/{id}", "Deletes a conversation for good.", stored(this::delete))
                        .answering(204, "", "It is gone."),
                Api.get("/api/conversations/{id}/export", "Downloads a conversation.", stored(this::export))
                        .asking("format"),
                Api.of(
                                "POST",
                                "/api/conversations/{id}/messages",
                                "Says something; the answer comes as events.",
                                stored(this::say))
                        .taking(text)
                        .upTo(LARGEST_BODY)
                        .answering(202, "application/json", "The turn that answers."),
                Api.of("POST", "/api/conversations/{id}/cancel", "Ends the turn that runs.", stored(this::cancel))
                        .answering(202, "application/json", "Whether a turn ran."),
                Api.get("/api/conversations/{id}/events", "Follows a conversation.", stored(this::events))
                        .asking("after")
                        .streaming(),
                Api.of("POST", "/api/approvals/{id}", "Answers the question whether a tool may run.", this::approve)
                        .taking(Api.text("decision", "once, always or deny")),
                Api.of(
                                "POST",
                                "/api/chat",
                                "Says something and answers with the events of the turn.",
                                stored(this::chat))
                        .taking(text, Api.optional("conversation", "the id of a conversation; a new one if missing"))
                        .upTo(LARGEST_BODY)
                        .streaming());
    }

    private interface Storing {
        Response handle(Request request)
                throws IOException, InterruptedException, Bodies.Malformed, StoreException, Chat.Full;
    }

    private static Api.Handler stored(Storing handler) {
        return request -> {
            try {
                return handler.handle(request);
            } catch (StoreException e) {
                return Response.error(507, e.getMessage());
            } catch (Chat.Full e) {
                return FULL;
            }
        };
    }

    private Response list(Request request) throws StoreException, Bodies.Malformed {
        int limit = Numbers.query(request, "limit", 100, 1, 1000);
        String query = request.query("query").orElse("").strip();
        List<JsonValue> found = new ArrayList<>();
        if (query.isEmpty()) {
            store.list().stream().limit(limit).map(this::json).forEach(json -> found.add(json.build()));
        } else {
            store.search(query).stream()
                    .limit(limit)
                    .map(hit -> json(hit.summary()).put("snippet", hit.snippet()))
                    .forEach(json -> found.add(json.build()));
        }
        return Response.json(200, JsonObject.of("conversations", new JsonArray(found)));
    }

    private JsonObject.Builder json(Store.Summary summary) {
        return JsonObject.builder()
                .put("id", summary.id())
                .put("title", summary.title())
                .put("created", summary.created())
                .put("updated", summary.updated())
                .put("preview", summary.preview())
                .put("running", chats.isRunning(summary.id()))
                .put("asking", chats.isAsking(summary.id()))
                .put("messages", summary.messages());
    }

    private Response create(Request request) throws IOException, Bodies.Malformed, StoreException {
        String title = Bodies.optionalText(Bodies.object(request), "title", 0, LONGEST_TITLE)
                .orElse("");
        return Response.json(201, json(chats.create(title.strip())).build());
    }

    private Response get(Request request) throws StoreException {
        String id = request.pathParameter("id");
        Optional<Chat> chat = chats.find(id);
        if (chat.isEmpty()) {
            return GONE;
        }
        // First where to go on, then what was said: what ends in between is told twice rather than never, and has an
        // id.
        Set<String> open = new HashSet<>(chat.get().open());
        EventLog.Position settled = chat.get().events().settled();
        Optional<Stored> stored = store.load(id);
        if (stored.isEmpty()) {
            return GONE;
        }
        open.addAll(chat.get().open());
        Optional<String> running = settled.running();
        List<Stored.Turn> turns = stored.get().turns().stream()
                .filter(turn -> !running.equals(Optional.of(turn.id()))
                        && (turn.assistant().isPresent() || !open.contains(turn.id())))
                .toList();
        return Response.json(
                200,
                JsonObject.builder()
                        .put("id", id)
                        .put("title", stored.get().title())
                        .put("created", stored.get().created())
                        .put("updated", stored.get().updated())
                        .put("running", running.<JsonValue>map(JsonString::new).orElse(JsonNull.NULL))
                        .put("last_event", settled.event())
                        .put("messages", messages(turns))
                        .build());
    }

    private static JsonArray messages(List<Stored.Turn> turns) {
        List<JsonValue> messages = new ArrayList<>();
        for (Stored.Turn turn : turns) {
            messages.add(turn.user());
            messages.add(turn.answer());
        }
        return new JsonArray(messages);
    }

    private Response rename(Request request) throws IOException, Bodies.Malformed, StoreException {
        String title =
                Bodies.text(Bodies.object(request), "title", 1, LONGEST_TITLE).strip();
        Optional<Store.Summary> renamed = store.rename(
                request.pathParameter("id"), title, context.clock().instant().toString());
        renamed.ifPresent(summary -> followers.changed(summary.id(), "updated"));
        return renamed.map(summary -> Response.json(200, json(summary).build())).orElse(GONE);
    }

    private Response delete(Request request) throws StoreException {
        return chats.delete(request.pathParameter("id")) ? Answers.NOTHING : GONE;
    }

    private Response export(Request request) throws StoreException {
        String id = request.pathParameter("id");
        String format = request.query("format").orElse("markdown").toLowerCase(Locale.ROOT);
        Optional<Stored> stored = store.load(id);
        if (stored.isEmpty()) {
            return GONE;
        }
        return switch (format) {
            case "markdown" ->
                download(Response.text(200, Markdown.of(stored.get())), id + ".md")
                        .withHeader("Content-Type", "text/markdown; charset=utf-8");
            case "json" -> {
                JsonObject json = JsonObject.builder()
                        .put("format", Stored.FORMAT)
                        .put("id", id)
                        .put("title", stored.get().title())
                        .put("created", stored.get().created())
                        .put("updated", stored.get().updated())
                        .put("messages", messages(stored.get().turns()))
                        .build();
                yield download(Response.text(200, Json.pretty(json) + "\n"), id + ".json")
                        .withHeader("Content-Type", "application/json");
            }
            default -> Response.error(422, "format is markdown or json, not '" + format + "'.");
        };
    }

    private static Response download(Response response, String name) {
        return response.withHeader("Content-Disposition", "attachment; filename=\"pipecat-" + name + "\"");
    }

    private Response say(Request request) throws IOException, Bodies.Malformed, StoreException, Chat.Full {
        String text = Bodies.text(Bodies.object(request), "text", 1, LONGEST_TEXT);
        return chats.say(request.pathParameter("id"), text.strip(), true)
                .map(said ->
                        Response.json(202, JsonObject.of("turn", said.asked().turn())))
                .orElse(GONE);
    }

    private Response cancel(Request request) throws StoreException {
        return chats.find(request.pathParameter("id"))
                .map(chat -> Response.json(
                        202,
                        JsonObject.builder().put("cancelled", chat.cancel()).build()))
                .orElse(GONE);
    }

    private Response events(Request request) throws StoreException {
        Optional<String> after = request.header("Last-Event-ID").or(() -> request.query("after"));
        return chats.find(request.pathParameter("id"))
                .map(chat -> followers.conversation(chat, after))
                .orElse(GONE);
    }

    private Response approve(Request request) throws IOException, Bodies.Malformed {
        String decision = Bodies.text(Bodies.object(request), "decision", 1, 20);
        ApprovalDesk.Ending ending = DECISIONS.get(decision);
        if (ending == null) {
            throw new Bodies.Malformed("'decision' is once, always or deny, not '" + decision + "'.");
        }
        String id = request.pathParameter("id");
        return switch (desk.end(id, ending)) {
            case ApprovalDesk.Reply.Taken taken ->
                Response.json(
                        200,
                        JsonObject.builder()
                                .put("id", id)
                                .put("decision", decision)
                                .build());
            case ApprovalDesk.Reply.Unknown unknown -> Response.error(404, "There is no such question.");
            case ApprovalDesk.Reply.Late late -> Response.error(409, late(late.ending()));
        };
    }

    private static String late(ApprovalDesk.Ending ending) {
        return switch (ending) {
            case WITHDRAWN -> "The turn has ended, so the question does not matter any more.";
            case EXPIRED -> "Nobody answered in time, which counted as deny.";
            case ONCE, ALWAYS, DENY -> "This was answered already: " + ending.word() + ".";
        };
    }

    private Response chat(Request request) throws IOException, Bodies.Malformed, StoreException, Chat.Full {
        JsonObject body = Bodies.object(request);
        String text = Bodies.text(body, "text", 1, LONGEST_TEXT).strip();
        Optional<String> named = Bodies.optionalText(body, "conversation", 1, 100);
        // Who is refused tries again, so nothing may have been said before.
        Optional<Response> refusal = followers.refusal();
        if (refusal.isPresent()) {
            return refusal.get();
        }
        String id = named.isPresent() ? named.get() : chats.create("").id();
        return chats.say(id, text, true).map(followers::turn).orElse(GONE);
    }
}
