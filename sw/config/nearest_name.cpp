// SPDX-License-Identifier: Apache-2.0
#include "sw/config/nearest_name.h"

#include <algorithm>
#include <numeric>

namespace airnn {

std::size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

std::string nearest_name(const std::string& word, const std::vector<std::string>& candidates) {
  std::string nearest;
  std::size_t best = 0;
  for (const std::string& candidate : candidates) {
    // Lengths alone bound the distance from below; a long word from a damaged file is not compared.
    const std::size_t longest = std::max(word.size(), candidate.size());
    const std::size_t allowed = std::max<std::size_t>(2, longest / 3);
    if (longest - std::min(word.size(), candidate.size()) > allowed) {
      continue;
    }
    const std::size_t distance = edit_distance(word, candidate);
    if (distance <= allowed && distance < longest && (nearest.empty() || distance < best)) {
      nearest = candidate;
      best = distance;
    }
  }
  return nearest;
}

std::string did_you_mean(const std::string& word, const std::vector<std::string>& candidates) {
  const std::string nearest = nearest_name(word, candidates);
  return nearest.empty() ? std::string() : "; did you mean '" + nearest + "'?";
}

}  // namespace airnn
