#!/usr/bin/env bash
# Installs the npm packages that package-lock.json names, unless they are there already.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ node_modules/.package-lock.json -nt package-lock.json ]; then
  exit 0
fi
if ! command -v npm >/dev/null; then
  echo "Building Runnel needs Node.js with npm on the path." >&2
  exit 1
fi
npm ci --no-audit --no-fund --loglevel=error
touch node_modules/.package-lock.json
