// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/results/run_results.h"

namespace airnn::test {

/// Made-up results of a run of the sample image (testbenches/unit/format/sample_image.h): three
/// inputs, two iterations, all numbers different. The first two inputs stop after iteration 1, the
/// second of them wrongly.
class SampleRun {
 public:
  /// `counted`: what the machine counts.
  explicit SampleRun(const std::vector<PricedAction>& counted = usual_actions());

  const RunRecord& record() const { return record_; }
  /// With labels, and a price for everything; good as long as this.
  RunResults results() const;

 private:
  MemoryImage image_;
  RunRecord record_;
};

}  // namespace airnn::test
