# SPDX-License-Identifier: Apache-2.0
# Sourced by the tests of the checks: a scratch tree, and what a check must say about it.
# Each test sets `check` to the script under test.
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failures=0

# plant FILE LINE...: a file of the tree with these lines
plant() {
  mkdir -p "$(dirname "$tree/$1")"
  printf '%s\n' "${@:2}" >"$tree/$1"
}

# accepts WHY: the check is content with the tree, which is empty afterwards
accepts() {
  local said
  if ! said=$("$check" "$tree" 2>&1) || [[ -n $said ]]; then
    printf 'FAILED: should accept %s, but says:\n%s\n' "$1" "$said"
    failures=$((failures + 1))
  fi
  rm -rf "${tree:?}"/*
}

# refuses TEXT: the check fails and its only line contains the text
refuses() {
  local said
  if said=$("$check" "$tree" 2>&1); then
    printf 'FAILED: should refuse with: %s\n' "$1"
    failures=$((failures + 1))
  elif [[ $said != *"$1"* || $said == *$'\n'* ]]; then
    printf 'FAILED: expected: %s\n   but it says: %s\n' "$1" "$said"
    failures=$((failures + 1))
  fi
  rm -rf "${tree:?}"/*
}

finish() {
  [[ $failures -eq 0 ]] || exit 1
  echo "all expectations hold"
}
