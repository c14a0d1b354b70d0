#!/usr/bin/env bash
# Installs what some tests need beside `npm ci`: a Chromium, a Python that can make environments (the parity job puts
# its packages into them), the shells whose completion is tried, and the other supported versions of Node. What is there is left alone. The Nodes go under
# .cache/, which Git ignores; the others are installed with apt-get where there is one.
#
#   bash .ci/install-tools.sh [chromium] [python] [shells] [nodes]      all when none is named
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Folder under .cache/nodes, and the exact version that stands for it. Keep in step with src/testing/other-nodes.ts.
NODES="20.19=20.19.6 22=22.23.3 24=24.21.0 26=26.10.0"

wanted="${*:-chromium python shells nodes}"

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

apt_install() {
  if ! command -v apt-get >/dev/null; then
    echo "$1: not found, and there is no apt-get to install it with: $2" >&2
    return 1
  fi
  echo "$1: installing"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${@:3}" >/dev/null
}

install_chromium() {
  if [ -n "${NB_CHROMIUM:-}" ]; then
    echo "chromium: NB_CHROMIUM names $NB_CHROMIUM"
    return
  fi
  for name in chromium chromium-browser google-chrome-stable google-chrome; do
    if command -v "$name" >/dev/null; then
      echo "chromium: $(command -v "$name")"
      return
    fi
  done
  if [ -d "/Applications/Google Chrome.app" ]; then
    echo "chromium: Google Chrome"
    return
  fi
  apt_install chromium "set NB_CHROMIUM" chromium
}

install_python() {
  local python="${NB_PYTHON:-python3}"
  if "$python" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "python: $("$python" --version)"
    return
  fi
  apt_install python "set NB_PYTHON to a Python 3.11 or newer" python3 python3-venv
}

install_shells() {
  for name in zsh fish; do
    if command -v "$name" >/dev/null; then echo "$name: $(command -v "$name")"; else apt_install "$name" "install $name" "$name"; fi
  done
}

install_node() {
  local folder="$1" version="$2" platform
  platform="$(node -p "(process.platform === 'win32' ? 'win' : process.platform) + '-' + process.arch")"
  local prefix=".cache/nodes/$folder"
  local program="$prefix/node_modules/node-$platform/bin/node"
  if [ "$("$program" --version 2>/dev/null)" = "v$version" ]; then
    echo "node $folder: $version is there"
    return
  fi
  mkdir -p "$prefix"
  npm install --prefix "$prefix" --no-save --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error \
    "node-$platform@$version" >/dev/null
  echo "node $folder: installed $("$program" --version)"
}

install_nodes() {
  local pids="" failed=0
  for pair in $NODES; do
    install_node "${pair%%=*}" "${pair#*=}" &
    pids="$pids $!"
  done
  for pid in $pids; do wait "$pid" || failed=1; done
  return "$failed"
}

failed=0
case " $wanted " in *" chromium "*) install_chromium || failed=1 ;; esac
case " $wanted " in *" python "*) install_python || failed=1 ;; esac
case " $wanted " in *" shells "*) install_shells || failed=1 ;; esac
case " $wanted " in *" nodes "*) install_nodes || failed=1 ;; esac
exit "$failed"
