package dev.runnel.runtime.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guest's half and Java's must give the same numbers to the same records. */
class RecordTypeTest {
  private static final Path JAVASCRIPT = Path.of("src/main/js/internal/records.js");
  private static final Pattern EXPORT = Pattern.compile("export const (\\w+) = (\\d+);");

  @Test
  void theGuestsNumbersAreJavas() throws Exception {
    assertThat(numbersOfTheGuest()).isEqualTo(numbersOfJava());
  }

  private static Map<String, Integer> numbersOfTheGuest() throws Exception {
    Map<String, Integer> numbers = new TreeMap<>();
    EXPORT
        .matcher(Files.readString(JAVASCRIPT))
        .results()
        .forEach(match -> numbers.put(match.group(1), Integer.valueOf(match.group(2))));
    return numbers;
  }

  private static Map<String, Integer> numbersOfJava() throws Exception {
    Map<String, Integer> numbers = new TreeMap<>();
    for (Field field : RecordType.class.getDeclaredFields()) {
      numbers.put(field.getName(), field.getInt(null));
    }
    return numbers;
  }
}
