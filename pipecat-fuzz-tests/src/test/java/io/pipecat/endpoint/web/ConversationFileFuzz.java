package io.pipecat.endpoint.web;

import io.pipecat.api.json.JsonObject;
import io.pipecat.fuzz.Input;
import io.pipecat.fuzz.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A conversation as it lies on the disk, whole or damaged. */
public final class ConversationFileFuzz {

    private ConversationFileFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        Path folder = Scratch.empty("conversations");
        Path file = folder.resolve("conversation.jsonl");
        Files.write(file, data);
        Journal journal = new Journal(file);
        List<JsonObject> lines = journal.read();
        Stored stored = Stored.read(lines);
        Input.check("a text", !Markdown.of(stored).isEmpty() && stored.preview() != null && stored.texts() != null);
        journal.append(JsonObject.of("type", "title"));
        List<JsonObject> after = new Journal(file).read();
        Input.check("a line more", after.size() == lines.size() + 1);
        Input.check("the same before it", after.subList(0, lines.size()).equals(lines));
        try {
            Store store = new Store(folder);
            for (Store.Summary summary : store.list()) {
                Input.check("can be read", store.load(summary.id()).isPresent());
            }
            store.search("hello");
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }
}
