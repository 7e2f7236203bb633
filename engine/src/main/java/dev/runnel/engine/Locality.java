package dev.runnel.engine;

import java.time.ZoneId;

/**
 * What a program gets that names no locale and no time zone.
 *
 * @param locale a language tag; {@code en-US} stands for one that the engine doesn't have
 * @param zone where {@code Date}'s local time is
 */
public record Locality(String locale, ZoneId zone) {
  public static final Locality DEFAULT = new Locality("en-US", ZoneId.of("UTC"));
}
