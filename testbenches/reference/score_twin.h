// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "testbenches/reference/activity_twin.h"
#include "testbenches/reference/stream_twin.h"

namespace airnn::test {

/// What Score Calculation is told with an output map; the score itself is worked out beforehand.
struct MapTwin {
  std::uint32_t input = 0;
  std::uint32_t iteration = 0;
  std::int64_t score = 0;
  std::uint32_t prediction = 0;
};

struct DecisionTwin {
  std::int64_t score = 0;
  std::uint32_t prediction = 0;
  bool terminate = false;
};

struct ScoreTwinParams {
  Cycle latency = 1;
  std::int64_t threshold = 0;
  std::uint32_t min_iterations = 1;
  std::uint32_t iterations = 1;
};

/// docs/timing.md, "Score Calculation", and rule P6.
class ScoreTwin {
 public:
  explicit ScoreTwin(const ScoreTwinParams& params) : params_(params) {}

  /// One cycle; the decision that is pushed in it.
  std::optional<DecisionTwin> step(Cycle t, StreamTwin<MapTwin>& in_outputs,
                                   StreamTwin<DecisionTwin>& out_decision);
  const ActivityTwin& activity() const { return activity_; }

 private:
  const ScoreTwinParams params_;
  Cycle working_until_ = 0;
  ActivityTwin activity_;
};

}  // namespace airnn::test
