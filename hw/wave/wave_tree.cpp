// SPDX-License-Identifier: Apache-2.0
#include "hw/wave/wave_tree.h"

#include <fnmatch.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "sw/format/errors.h"

namespace airnn {

namespace {

bool fits(const std::string& pattern, const std::string& path) {
  return fnmatch(pattern.c_str(), path.c_str(), 0) == 0;
}

/// Of a pattern without its wildcards to the part of a path that is as long.
std::size_t distance(const std::string& word, const std::string& path) {
  std::vector<std::size_t> row(word.size() + 1, 0);
  for (std::size_t i = 0; i <= word.size(); ++i) {
    row[i] = i;
  }
  for (const char c : path) {
    std::size_t diagonal = row[0]++;
    for (std::size_t i = 1; i <= word.size(); ++i) {
      const std::size_t replaced = diagonal + (word[i - 1] == c ? 0 : 1);
      diagonal = row[i];
      row[i] = std::min({row[i] + 1, row[i - 1] + 1, replaced});
    }
  }
  return row[word.size()];
}

std::string without_wildcards(std::string pattern) {
  pattern.erase(
      std::remove_if(pattern.begin(), pattern.end(), [](char c) { return c == '*' || c == '?'; }),
      pattern.end());
  return pattern;
}

}  // namespace

WaveType WaveType::number_to(std::uint64_t most) {
  unsigned width = 1;
  while (width < 64 && most >> width != 0) {
    ++width;
  }
  return number(width);
}

WaveType WaveType::state(const WaveStates& states) {
  return {WaveKind::state, number_to(states.labels.size() - 1).width, &states};
}

WaveTree::WaveTree(const std::vector<std::string>& patterns) {
  for (const std::string& text : patterns) {
    const bool leaves_out = text.rfind('!', 0) == 0;
    Pattern pattern;
    pattern.text = text;
    pattern.shell = leaves_out ? text.substr(1) : text;
    pattern.leaves_out = leaves_out;
    patterns_.push_back(std::move(pattern));
    takes_all_ = takes_all_ && leaves_out;
  }
}

WaveId WaveTree::add(const std::string& scope, const std::string& name, const WaveType& type) {
  const WaveId id = next();
  types_.push_back(type);
  traced_.push_back(false);
  alias(scope, name, id);
  return id;
}

void WaveTree::alias(const std::string& scope, const std::string& name, WaveId id) {
  const bool wanted = wants(scope, name);
  traced_[id] = traced_[id] || wanted;
  paths_.push_back({scope, name, id, wanted, is_detail_});
}

void WaveTree::alias_scope(const std::string& scope, const std::string& other) {
  const std::string inner = scope + ".";
  const std::size_t count = paths_.size();
  for (std::size_t i = 0; i < count; ++i) {
    const WavePath path = paths_[i];
    if (path.scope == scope || path.scope.compare(0, inner.size(), inner) == 0) {
      alias(other + path.scope.substr(scope.size()), path.name, path.id);
    }
  }
}

bool WaveTree::is_traced(const WaveIds& ids) const {
  const auto begin = traced_.begin();
  return std::find(begin + ids.first, begin + ids.last, true) != begin + ids.last;
}

bool WaveTree::wants(const std::string& scope, const std::string& name) {
  bool taken = takes_all_;
  bool left_out = false;
  for (Pattern& pattern : patterns_) {
    if (scope_fits(pattern, scope) || fits(pattern.shell, scope + "." + name)) {
      pattern.is_used = true;
      (pattern.leaves_out ? left_out : taken) = true;
    }
  }
  return taken && !left_out;
}

/// The scope or one around it fits. Signals of a scope come one after the other, so the last answer
/// is kept.
bool WaveTree::scope_fits(Pattern& pattern, const std::string& scope) {
  if (pattern.tested_scope != scope) {
    bool any = fits(pattern.shell, scope);
    for (std::size_t dot = scope.rfind('.'); !any && dot != std::string::npos && dot > 0;
         dot = scope.rfind('.', dot - 1)) {
      any = fits(pattern.shell, scope.substr(0, dot));
    }
    pattern.tested_scope = scope;
    pattern.tested_fits = any;
  }
  return pattern.tested_fits;
}

std::vector<WavePath> WaveTree::traced_paths() const {
  // Where a scope and those around it first came, from outside to inside.
  using Place = std::vector<std::size_t>;
  std::map<std::string, std::size_t> first;
  std::map<std::string, Place> places;
  std::vector<std::pair<const Place*, std::size_t>> order;
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    const std::string& scope = paths_[i].scope;
    Place& place = places[scope];
    if (place.empty()) {
      for (std::size_t dot = 0; dot != std::string::npos;) {
        dot = scope.find('.', dot + 1);
        place.push_back(first.emplace(scope.substr(0, dot), first.size()).first->second);
      }
    }
    if (paths_[i].is_traced) {
      order.emplace_back(&place, i);
    }
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return *a.first < *b.first; });
  std::vector<WavePath> paths;
  for (const auto& entry : order) {
    paths.push_back(paths_[entry.second]);
  }
  return paths;
}

void WaveTree::check_patterns() const {
  const auto unused =
      std::find_if(patterns_.begin(), patterns_.end(), [](const Pattern& p) { return !p.is_used; });
  if (unused == patterns_.end()) {
    if (!patterns_.empty() &&
        std::none_of(paths_.begin(), paths_.end(), [](const WavePath& p) { return p.is_traced; })) {
      throw UserError("--wave-scope: '" + patterns_.back().text + "' leaves no signal");
    }
    return;
  }
  const std::string word = without_wildcards(unused->shell);
  std::set<std::string> scopes;
  for (const WavePath& path : paths_) {
    scopes.insert(path.scope);
  }
  std::string nearest;
  std::size_t least = std::numeric_limits<std::size_t>::max();
  for (const std::string& scope : scopes) {
    const std::size_t found = distance(word, scope);
    if (found < least) {
      least = found;
      nearest = scope;
    }
  }
  throw UserError("--wave-scope: no signal or scope fits '" + unused->shell +
                  "'; the nearest scope is '" + nearest + "'");
}

}  // namespace airnn
