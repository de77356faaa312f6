// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "hw/control/fetch/fetch_runner.h"

namespace airnn {

/// The batch of the next iteration, which is fetched before it is known whether it is needed. What
/// was done counts for the iteration that is known then.
class EarlyFetch {
 public:
  /// Both must outlive this.
  EarlyFetch(FetchRunner& runner, CycleTimer& timer) : runner_(runner), timer_(timer) {}

  /// Neither its iteration's fetch nor its end is over.
  bool begun() const { return iteration_ != 0; }
  void begin(std::uint32_t iteration, BatchContent& content, Cycle t) {
    iteration_ = iteration;
    runner_.begin(content, t, iteration);
  }
  void step(Cycle t);
  /// It has the fetch engine in cycle t. No other fetch may begin then.
  bool is_fetching(Cycle t) const {
    return begun() && (runner_.running() || (done_.has_value() && done_->end > t));
  }
  /// The controller is called again when the fetch has ended, if its end is known.
  void wake_at_end();
  /// A fetch of the runner ended. True if it is this one, and `iteration` is still another.
  bool takes(const FetchDone& done, std::uint32_t iteration);
  /// It is known whether it is needed. What was done, if it has ended.
  std::optional<FetchDone> take() { return std::exchange(done_, std::nullopt); }
  /// Nothing of it is left.
  void end() { iteration_ = 0; }

 private:
  FetchRunner& runner_;
  CycleTimer& timer_;
  std::uint32_t iteration_ = 0;  ///< whose batch was begun early; 0: none
  std::optional<FetchDone> done_;
};

}  // namespace airnn
