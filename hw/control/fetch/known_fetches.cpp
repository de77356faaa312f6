// SPDX-License-Identifier: Apache-2.0
#include "hw/control/fetch/known_fetches.h"

#include <algorithm>
#include <utility>

namespace airnn {

namespace {

/// The memory may stand in as many states when it is asked for a content; usually two, as input
/// maps lie in two places.
constexpr std::size_t kMostFetchWays = 4;

}  // namespace

void KnownFetches::remember(KnownFetch fetch) {
  Ways* ways = known_.peek(fetch.content);
  if (ways == nullptr) {
    ways = known_.keep(fetch.content, {});
  }
  if (ways == nullptr) {
    return;
  }
  const auto same = std::find_if(ways->begin(), ways->end(), [&fetch](const KnownFetch& way) {
    return std::equal(way.reads->begin(), way.reads->end(), fetch.reads->begin(),
                      fetch.reads->end(), goes_alike);
  });
  if (same != ways->end()) {
    return;
  }
  if (ways->size() == kMostFetchWays) {
    ways->pop_front();
  }
  ways->push_back(std::move(fetch));
}

}  // namespace airnn
