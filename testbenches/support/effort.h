// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdlib>

namespace airnn::test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#elif defined(__has_feature)
constexpr bool kSanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
constexpr bool kSanitized = false;
#endif

/// AIRNN_TEST_EFFORT: how many times as much random tests try in long runs. 1 without it.
inline unsigned effort() {
  const char* text = std::getenv("AIRNN_TEST_EFFORT");
  return text == nullptr ? 1U : static_cast<unsigned>(std::max(std::atoi(text), 1));
}

/// Of `cases` of one kind that a test draws, how many it takes: a quarter with sanitizers, under
/// which calculations that are stepped through cycle by cycle take long.
inline unsigned drawn_cases(unsigned cases) {
  return (kSanitized ? std::max(cases / 4, 1U) : cases) * effort();
}

}  // namespace airnn::test
