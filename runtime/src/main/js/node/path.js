// node:path - https://nodejs.org/api/path.html
// Programs always see a POSIX file tree, whatever the host is.
import * as posixPath from "internal:posix_path";
import { win32 as win32Path } from "internal:win32_path";

const { setCwd: _, ...members } = posixPath;

export const posix = { ...members };
export const win32 = win32Path;
posix.posix = win32.posix = posix;
posix.win32 = win32.win32 = win32;

export const {
  resolve, normalize, isAbsolute, join, relative, toNamespacedPath, dirname, basename, extname, format, parse,
  matchesGlob, sep, delimiter, _makeLong,
} = posix;
export default posix;
