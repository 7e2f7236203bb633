package dev.runnel.runtime.host.web.compression;

/** What stands around deflated data. */
public enum Format {
  /** RFC 1952. */
  GZIP,
  /** RFC 1950; the Web calls it "deflate". */
  ZLIB,
  /** RFC 1951 and nothing around it. */
  RAW
}
