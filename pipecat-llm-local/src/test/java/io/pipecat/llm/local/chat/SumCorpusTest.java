package io.pipecat.llm.local.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The guard of sums on what the generator draws with another seed ({@code training/sums.jsonl}): each sum as it is, and as it might go wrong. */
class SumCorpusTest {
    // What it does; a change that stops more of what is right fails.
    private static final double RIGHT = 0.985;

    private static final int STORIES = 155;

    private record Spoken(String said, String sum, List<String> others) {}

    private static final List<Spoken> CORPUS = new ArrayList<>();

    @BeforeAll
    static void read() throws IOException, JsonException {
        for (String line : Files.readAllLines(Path.of("..", "training", "sums.jsonl"))) {
            JsonObject sample = Json.parseObject(line);
            CORPUS.add(new Spoken(
                    sample.string("said").orElseThrow(),
                    sample.string("sum").orElseThrow(),
                    sample.array("others").orElseThrow().elements().stream()
                            .map(other -> ((JsonString) other).value())
                            .toList()));
        }
    }

    @Test
    void letsTheRightSumThrough() {
        List<String> stopped = CORPUS.stream()
                .filter(spoken -> !SumGuardTest.agrees(spoken.sum, spoken.said))
                .map(spoken -> spoken.sum + " for " + spoken.said)
                .toList();

        assertTrue(stopped.size() <= (1 - RIGHT) * CORPUS.size(), () -> String.join("\n", stopped));
    }

    @Test
    void stopsAnotherSum() {
        List<String> through = CORPUS.stream()
                .flatMap(spoken -> spoken.others.stream()
                        .filter(other -> SumGuardTest.agrees(other, spoken.said))
                        .map(other -> other + " in the place of " + spoken.sum + " for " + spoken.said))
                .toList();

        assertEquals(List.of(), through);
    }

    @Test
    void readsNoSumButTheOneThatIsMeant() {
        List<String> otherwise = CORPUS.stream()
                .filter(spoken -> SumReader.read(SumGuard.inFigures(spoken.said))
                        .map(SumReader.Reading::sum)
                        .or(() -> SumTales.read(SumGuard.inFigures(spoken.said)))
                        .filter(sum -> !isSame(sum, spoken.sum))
                        .isPresent())
                .map(spoken -> spoken.sum + " for " + spoken.said)
                .toList();

        assertEquals(List.of(), otherwise);
    }

    // Told apart from the readers, by people of all ages; most of them are refused.
    @Test
    void readsNoStoryOtherwise() throws IOException, JsonException {
        List<String> otherwise = new ArrayList<>();
        int read = 0;
        for (String line : Files.readAllLines(Path.of("..", "training", "stories.jsonl"))) {
            JsonObject sample = Json.parseObject(line);
            String said = SumGuard.inFigures(sample.string("user").orElseThrow());
            String wanted = ((JsonObject)
                            sample.array("calls").orElseThrow().elements().getFirst())
                    .object("arguments")
                    .orElseThrow()
                    .string("expression")
                    .orElseThrow();
            Optional<String> sum =
                    SumReader.read(said).map(SumReader.Reading::sum).or(() -> SumTales.read(said));
            read += sum.isPresent() ? 1 : 0;
            sum.filter(own -> !isSame(own, wanted))
                    .ifPresent(own -> otherwise.add(own + " for " + wanted + " | " + said));
        }

        assertEquals(List.of(), otherwise);
        assertTrue(read >= STORIES, "only " + read);
    }

    private static boolean isSame(String sum, String other) {
        Optional<BigDecimal> value = SumValue.of(sum);
        return value.isPresent() ? value.equals(SumValue.of(other)) : sum.equals(other);
    }
}
