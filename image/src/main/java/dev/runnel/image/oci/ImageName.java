package dev.runnel.image.oci;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an image is called, such as {@code shop:1.2} or {@code registry.example:5000/team/shop}.
 *
 * @param repository with the registry in front, if the name says one
 * @param reference a tag, or a digest
 */
public record ImageName(String repository, String reference) {
  private static final String LATEST = "latest";
  private static final int LONGEST = 255;
  // Every quantifier ends where the next part begins, so matching takes linear time.
  private static final Pattern COMPONENT =
      Pattern.compile("[a-z0-9]++(?:(?:\\.|_{1,2}|-+)[a-z0-9]++)*+");
  private static final Pattern HOST =
      Pattern.compile("(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*)|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

  /** Without a tag it is {@code latest}, as everywhere. */
  public static ImageName parse(String text) throws ImageException {
    if (text.length() > LONGEST) {
      throw wrong(text);
    }
    int at = text.indexOf('@');
    if (at >= 0) {
      return of(text.substring(0, at), Digest.parse(text.substring(at + 1)).toString(), text);
    }
    int colon = text.lastIndexOf(':');
    return colon > text.lastIndexOf('/')
        ? of(text.substring(0, colon), tag(text.substring(colon + 1), text), text)
        : of(text, LATEST, text);
  }

  private static String tag(String tag, String text) throws ImageException {
    if (!TAG.matcher(tag).matches()) {
      throw wrong(text);
    }
    return tag;
  }

  private static ImageName of(String repository, String reference, String text)
      throws ImageException {
    ImageName name = new ImageName(repository, reference);
    if (name.registry().filter(host -> !HOST.matcher(host).matches()).isPresent()) {
      throw wrong(text);
    }
    for (String component : name.path().split("/", -1)) {
      if (!COMPONENT.matcher(component).matches()) {
        throw wrong(text);
      }
    }
    return name;
  }

  private static ImageException wrong(String text) {
    return new ImageException(
        "\"%s\" is no name of an image; write it like shop:1.2 or registry.example/team/shop:1.2,"
            + " in lower case.",
        text);
  }

  /** Host and port: a first component with a dot or a colon, or {@code localhost}. */
  public Optional<String> registry() {
    int slash = repository.indexOf('/');
    String first = slash < 0 ? "" : repository.substring(0, slash);
    boolean isHost = first.contains(".") || first.contains(":") || first.equals("localhost");
    return isHost ? Optional.of(first) : Optional.empty();
  }

  /** The repository's name within its registry. */
  public String path() {
    return registry().map(host -> repository.substring(host.length() + 1)).orElse(repository);
  }

  public boolean isByDigest() {
    return reference.contains(":");
  }

  @Override
  public String toString() {
    return repository + (isByDigest() ? "@" : ":") + reference;
  }
}
