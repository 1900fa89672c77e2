package io.pipecat.api.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

    @ParameterizedTest
    @CsvSource({
        "keyFilename, key_filename",
        "host, host",
        "baseURL, base_url",
        "URLBase, url_base",
        "HTTPServer2Go, http_server2_go",
        "commit1, commit1",
        "sha256Sum, sha256_sum",
        "already_snake, already_snake",
        "snake_Case, snake_case",
        "aB, a_b",
        "A, a",
        "x, x"
    })
    void turnsJavaNamesIntoSnakeCase(String java, String snake) {
        assertEquals(snake, Names.snakeCase(java));
    }
}
