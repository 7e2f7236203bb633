/** Implemented by CompressionHost.java. */
declare module "host:compression" {
  /**
   * Starts to compress as "gzip", "deflate" or "deflate-raw"; level -1 to 9, strategy 0 default, 1 filtered, 2 Huffman
   * codes only. Returns its id. Throws Z_MEM_ERROR when too many are open.
   */
  export function deflate(format: string, level: number, strategy: number, dictionary?: Uint8Array): number;
  /** The other way round; also "gzip-members" (any number of streams in a row) and "unzip" (gzip or zlib). */
  export function inflate(format: string, dictionary?: Uint8Array): number;
  /** Starts to compress by Brotli; quality 0 to 11, windowBits 10 to 24. Returns its id. Throws Z_MEM_ERROR. */
  export function brotliEncode(quality: number, windowBits: number): number;
  /** The other way round; largeWindow: windows above 24 bits are read too. */
  export function brotliDecode(largeWindow: boolean): number;
  /**
   * Starts to compress by Zstandard; length: how many bytes will come, -1 for any number; then parameters as zstd.h
   * numbers them, each with its value. Returns its id. Throws Z_MEM_ERROR.
   */
  export function zstdEncode(length: number, ...parameters: number[]): number;
  /** The other way round, one frame; windowLog: the largest window that is read, 10 to 31. */
  export function zstdDecode(windowLog: number): number;
  /**
   * Output, at most most bytes (up to 65536). A result of that length means that there may be more: call again with the
   * input's left() last bytes. flush: 0 none, 1 sync, 2 full, 3 finish. Throws Z_DATA_ERROR, Z_NEED_DICT and
   * ERR_DECOMPRESSION_LIMIT; Z_MEM_ERROR; ERR__ERROR_… of Brotli and ZSTD_error_….
   */
  export function run(id: number, bytes: Uint8Array, flush: number, most: number): Uint8Array;
  /** How many of the bytes given last were not taken. */
  export function left(id: number): number;
  /** True when the stream's end has been read or written. */
  export function finished(id: number): boolean;
  /** Another level and strategy for what follows. */
  export function tune(id: number, level: number, strategy: number): void;
  export function reset(id: number): void;
  export function close(id: number): void;
  /** The checksum that goes on from value, 0 at first. */
  export function crc32(bytes: Uint8Array, value: number): number;
}
