// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "sw/config/config_node.h"
#include "sw/evaluate/metric.h"
#include "sw/evaluate/setting.h"

namespace airnn {

struct SearchObjective {
  Metric metric = Metric::accuracy;
  bool is_maximised = true;
};

/// What a point must keep.
struct SearchConstraint {
  /// Absent: the accuracy that is lost against the base accelerator under the same conditions.
  std::optional<Metric> metric;
  double bound = 0;
  bool is_least = false;  ///< the bound is the smallest value; else the largest

  std::string name() const;
};

/// A value of an axis: what it is called, and the settings that it comes to.
struct SearchChoice {
  std::string name;
  Settings settings;
};

/// One thing that may be chosen, by a key or by a name that stands for several keys.
struct SearchAxis {
  std::string name;
  std::vector<SearchChoice> choices;
};

/// Points that are not listed but looked for (docs/search.md).
struct SearchSpec {
  std::string algorithm;
  std::uint32_t seed = 1;
  std::optional<std::int64_t> population;   ///< how far to look, for algorithms that ask for it
  std::optional<std::int64_t> generations;  ///< the same
  std::optional<std::int64_t> points;       ///< the same
  std::vector<SearchObjective> objectives;  ///< at least two
  std::vector<SearchConstraint> constraints;
  std::vector<SearchAxis> space;
  std::string network;             ///< whose inputs judge
  std::string confirming_network;  ///< the same with the inputs that confirm; empty: none
  ConfigPosition position{};       ///< where it is written

  /// How many points there are; more than 2^53 are about so many.
  double size() const;
};

/// Of a search, which of the suite's experiments holds what.
enum class SearchPart : std::size_t { judged, base, confirmed };

// In plan.json.
void to_json(nlohmann::json& json, const SearchSpec& search);
void from_json(const nlohmann::json& json, SearchSpec& search);

}  // namespace airnn
