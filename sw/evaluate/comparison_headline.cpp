// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/comparison_headline.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>

#include "sw/evaluate/words.h"

namespace airnn {

namespace {

/// So near that few would call it different.
constexpr double kNear = 1.05;

/// A published number, and what of ours stands beside it.
struct Published {
  const ComparedNumber* first = nullptr;  ///< row of it
  bool has_ours = false;
  std::optional<double> factor;  ///< to the nearest of ours, at least 1
};

std::vector<Published> published_numbers(const std::vector<ComparedNumber>& numbers) {
  std::vector<Published> all;
  for (const ComparedNumber& number : numbers) {
    const bool same = !all.empty() && all.back().first->published == number.published &&
                      all.back().first->iteration == number.iteration;
    if (!same) {
      all.emplace_back();
      all.back().first = &number;
    }
    Published& published = all.back();
    published.has_ours = published.has_ours || number.ours.has_value();
    const std::optional<double> ratio = number.ratio();
    if (ratio && *ratio > 0) {
      const double factor = *ratio < 1 ? 1 / *ratio : *ratio;
      published.factor = published.factor ? std::min(*published.factor, factor) : factor;
    }
  }
  return all;
}

std::string place_of(const ComparedNumber& number) {
  const PublishedNumbers& published = *number.published;
  return fmt::format("{}: {}{}", published.source, words_of(metric_of(published.metric)),
                     number.iteration > 0 ? fmt::format(", iteration {}", number.iteration) : "");
}

}  // namespace

std::string comparison_headline(const std::vector<ComparedNumber>& numbers) {
  const std::vector<Published> all = published_numbers(numbers);
  const std::string count = count_words(all.size(), "published number", "published numbers");
  std::size_t beside = 0;
  std::size_t compared = 0;
  std::size_t near = 0;
  const Published* farthest = nullptr;
  for (const Published& published : all) {
    beside += published.has_ours ? 1 : 0;
    if (published.factor) {
      ++compared;
      near += *published.factor <= kNear ? 1 : 0;
      farthest =
          farthest != nullptr && *farthest->factor >= *published.factor ? farthest : &published;
    }
  }
  if (beside == 0) {
    return all.size() == 1 ? "The published number has none of ours beside it."
                           : "None of " + count + " has one of ours beside it.";
  }
  if (compared == 0) {
    return fmt::format("Ours stand beside {} of {}, but are no multiple of any.", beside, count);
  }
  const std::string factor = "a factor of " + ratio_words(*farthest->factor);
  if (all.size() == 1) {
    return fmt::format("Between the published number and the nearest of ours is {}.", factor);
  }
  const std::string rest =
      compared == all.size() ? "" : fmt::format(" {} cannot be compared.", all.size() - compared);
  return fmt::format("The nearest of ours is within 5 % of {} of {}; farthest, by {}, is {}.{}",
                     near == 0 ? "none" : std::to_string(near), count, factor,
                     place_of(*farthest->first), rest);
}

}  // namespace airnn
