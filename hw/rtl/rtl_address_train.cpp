// SPDX-License-Identifier: Apache-2.0
#include "hw/rtl/rtl_address_train.h"

#include <algorithm>
#include <utility>

#include "hw/common/check.h"

namespace airnn {

RtlAddressTrain::RtlAddressTrain(RtlModel& model, RtlAddressPins& pins, const ClockDomain& clock,
                                 std::string unit)
    : model_(model), pins_(pins), clock_(clock), unit_(std::move(unit)), credits_(pins.layers) {}

RtlPlacedBatch RtlAddressTrain::run(const ItemTrain<WeightBeat>& train) {
  batch_ = RtlPlacedBatch();
  batch_.layers.resize(pins_.layers);
  is_acknowledged_ = false;
  std::size_t beat = 0;
  for (Cycle t = train.items[0].cycle; t != kNever;) {
    const bool is_there = beat < train.count && train.items[beat].cycle == t;
    const std::uint64_t time_ps = clock_.duration(train.begin + t).value();
    drive_credits(t);
    pins_.drive(is_there ? &train.items[beat].item : nullptr);
    model_.eval(time_ps);
    MODEL_CHECK(model_.failure().empty(), unit_, model_.failure());
    MODEL_CHECK(!pins_.error.is_set(), unit_,
                "the RTL says that a word lies outside of its layer (P3)");
    MODEL_CHECK(!is_there || pins_.weights_ready.is_set(), unit_,
                "rtl_trains of the RTL is 1, but it holds up a beat in cycle " +
                    std::to_string(train.begin + t));
    take_outputs(t);
    model_.clock(time_ps);
    beat += is_there ? 1 : 0;
    next_ = train.begin + t + 1;
    // When does something happen again?
    Cycle following = beat < train.count ? train.items[beat].cycle : kNever;
    for (const std::deque<Cycle>& credits : credits_) {
      following = credits.empty() ? following : std::min(following, credits.front());
    }
    if (following != t + 1) {
      pins_.drive(nullptr);
      pins_.placed_credit.clear();
      model_.eval(time_ps);
      following = pins_.busy.is_set() ? t + 1 : following;
    }
    MODEL_CHECK(t <= train.items[train.count - 1].cycle + pins_.latency + 2, unit_,
                "busy of the RTL stays 1 behind a train");
    t = following;
  }
  MODEL_CHECK(is_acknowledged_, unit_, "the RTL does not acknowledge a batch");
  return std::move(batch_);
}

/// So many as come back in the cycle; a layer takes an item when it arrives, and its slot is back
/// in the next cycle.
void RtlAddressTrain::drive_credits(Cycle t) {
  for (std::size_t layer = 0; layer < credits_.size(); ++layer) {
    std::deque<Cycle>& credits = credits_[layer];
    std::uint32_t back = 0;
    for (; !credits.empty() && credits.front() <= t; credits.pop_front()) {
      ++back;
    }
    pins_.placed_credit.put_field(layer, pins_.credit_bits, back);
  }
}

void RtlAddressTrain::take_outputs(Cycle t) {
  for (RtlPiece& piece : pins_.pieces(unit_)) {
    batch_.layers[piece.layer].push_back({t + 1, std::move(piece.words)});
    credits_[piece.layer].push_back(t + 2);
  }
  if (pins_.acknowledged.is_set()) {
    MODEL_CHECK(!is_acknowledged_, unit_, "the RTL acknowledges a batch twice");
    is_acknowledged_ = true;
    batch_.acknowledged = t;
    batch_.words = pins_.acknowledged_words.get();
  }
}

}  // namespace airnn
