/** Implemented by MultipartHost.java. */
declare module "host:multipart" {
  /**
   * Finds the parts of a multipart body: for each part four offsets, 32-bit little-endian: start and end of its
   * headers, start and end of its content. undefined when the body is malformed.
   */
  export function partsOf(body: Uint8Array, boundary: string): Uint8Array | undefined;
}
