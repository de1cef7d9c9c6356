package org.pyparallel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Where results go, and in which form.
@EnabledOnOs(OS.LINUX)
class OutputIT {
  private static final JsonMapper JSON = new JsonMapper();

  @RegisterExtension final Launcher pyparallel = new Launcher();

  @BeforeEach
  void files() throws IOException {
    pyparallel.write(
        "s.py",
        """
        def process(record):
            if record == "bad":
                raise ValueError("no good")
            return {"record": record, "length": len(record)}
        """);
    pyparallel.write("in.txt", "a\nbé\n");
  }

  @Test
  void aFileIsWrittenInsteadOfStandardOutput() throws IOException {
    pyparallel.write("out.txt", "old");

    pyparallel.run("run", "s.py", "in.txt", "-o", "out.txt").isClean().prints("");

    assertThat(pyparallel.file("out.txt"))
        .hasContent("{\"record\":\"a\",\"length\":1}\n{\"record\":\"bé\",\"length\":2}\n");
    pyparallel.holdsOnly("s.py", "in.txt", "out.txt");
  }

  @Test
  void theInputMayBeTheOutput() throws IOException {
    pyparallel.write("upper.py", "def process(record):\n    return record.upper()\n");

    pyparallel.run("run", "upper.py", "in.txt", "-o", "in.txt").isClean();

    assertThat(pyparallel.file("in.txt")).hasContent("A\nBÉ\n");
  }

  @Test
  void aRedirectionMayAppend() throws IOException {
    pyparallel.write("upper.py", "def process(record):\n    return record.upper()\n");
    pyparallel.write("log", "first\n");

    pyparallel.shell("pyparallel run upper.py in.txt >> log; echo last >> log").isClean();

    assertThat(pyparallel.file("log")).hasContent("first\nA\nBÉ\nlast\n");
  }

  @Test
  void jsonLinesHoldOneValueEach() throws IOException {
    Outcome outcome = pyparallel.run("run", "--output-format", "jsonl", "s.py", "in.txt").isClean();

    List<String> lines = outcome.text().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(JSON.readTree(lines.get(1)).get("record").asString()).isEqualTo("bé");
  }

  @Test
  void jsonIsOneArray() throws IOException {
    Outcome outcome = pyparallel.run("run", "--output-format", "json", "s.py", "in.txt").isClean();

    JsonNode array = JSON.readTree(outcome.stdout());
    assertThat(array.isArray()).isTrue();
    assertThat(array).hasSize(2);
    assertThat(array.get(0).get("length").asInt()).isEqualTo(1);
  }

  @Test
  void noResultsAreAnEmptyArray() throws IOException {
    Outcome outcome = pyparallel.run("run", "--output-format", "json", "s.py").isClean();

    assertThat(JSON.readTree(outcome.stdout())).isEqualTo(JSON.createArrayNode());
  }

  @Test
  void theDocumentTellsTheWholeRun() throws IOException {
    pyparallel.write("in.txt", "a\nbad\nc\n");

    Outcome outcome =
        pyparallel.run("run", "--json", "-j", "2", "s.py", "in.txt", "--", "x").hasStatus(1);

    JsonNode document = JSON.readTree(outcome.stdout());
    assertThat(document.propertyNames())
        .contains(
            "schema", "version", "script", "runtime", "workers", "options", "results", "shards",
            "errors", "stats");
    assertThat(document.get("schema").asString()).isEqualTo("pyparallel.run/1");
    assertThat(document.get("script").asString()).endsWith("/s.py");
    assertThat(document.get("runtime").asString()).isEqualTo("cpython");
    assertThat(document.get("workers").asInt()).isEqualTo(2);
    assertThat(document.at("/options/arguments/0").asString()).isEqualTo("x");
    assertThat(document.get("results")).hasSize(2);
    assertThat(document.at("/results/1/record").asString()).isEqualTo("c");
    assertThat(document.at("/stats/records").asInt()).isEqualTo(3);
    assertThat(document.at("/stats/failedRecords").asInt()).isEqualTo(1);
    assertThat(document.at("/stats/end").asString()).isEqualTo("complete");
  }

  @Test
  void theDocumentTellsWhereInTheInputShardsWere() throws IOException {
    JsonNode document =
        JSON.readTree(pyparallel.run("run", "--json", "-N", "1", "s.py", "in.txt").stdout());

    JsonNode second = document.at("/shards/1");
    assertThat(document.get("shards")).hasSize(2);
    assertThat(second.get("index").asInt()).isEqualTo(1);
    assertThat(second.get("source").asString()).isEqualTo("in.txt");
    assertThat(second.get("offset").asInt()).isEqualTo(2);
    assertThat(second.get("length").asInt()).isEqualTo(4);
    assertThat(second.get("records").asInt()).isEqualTo(1);
    assertThat(second.get("status").asString()).isEqualTo("ok");
    assertThat(second.propertyNames()).contains("worker", "wallSeconds", "cpuSeconds", "attempts");
  }

  @Test
  void theDocumentTellsOfErrorsWithTheirPlace() throws IOException {
    pyparallel.write("in.txt", "a\nbad\nc\n");

    JsonNode document = JSON.readTree(pyparallel.run("run", "--json", "s.py", "in.txt").stdout());

    assertThat(document.get("errors")).hasSize(1);
    JsonNode error = document.at("/errors/0");
    assertThat(error.get("source").asString()).isEqualTo("in.txt");
    assertThat(error.get("record").asInt()).isEqualTo(2);
    assertThat(error.get("line").asInt()).isEqualTo(2);
    assertThat(error.get("offset").asInt()).isEqualTo(2);
    assertThat(error.get("type").asString()).isEqualTo("ValueError");
    assertThat(error.get("message").asString()).isEqualTo("no good");
    JsonNode frame = error.at("/frames/0");
    assertThat(frame.get("file").asString()).endsWith("/s.py");
    assertThat(frame.get("line").asInt()).isEqualTo(3);
    assertThat(frame.get("function").asString()).isEqualTo("process");
  }
}
