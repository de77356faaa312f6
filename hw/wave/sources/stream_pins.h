// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <string>

#include "hw/wave/sources/stream_fields.h"
#include "hw/wave/sources/timed_queue.h"
#include "hw/wave/wave_source.h"

namespace airnn {

/// A credit stream as wires at the receiver: an item is `valid` from its arrival until it is taken,
/// `ready` is high in the cycle in which it is, and `free_slots` counts the sender's slots. Items
/// come in their order; what the receiver has not taken yet waits behind the oldest.
template <typename T>
class StreamPins final : public WaveSource {
 public:
  StreamPins(WaveTree& tree, const std::string& scope, unsigned slots, const WaveLanes& lanes)
      : free_slots_(slots),
        valid_id_(tree.add(scope, "valid", WaveType::bit())),
        ready_id_(tree.add(scope, "ready", WaveType::bit())),
        free_slots_id_(tree.add(scope, "free_slots", WaveType::number_to(slots))),
        fields_(tree, scope, lanes) {
    own(valid_id_, tree);
  }

  /// An item takes its slot in the cycle `pushed` and is at the receiver in `arrival`.
  void sent(Cycle pushed, Cycle arrival, const T& item) {
    pushes_.push_back(pushed);
    items_.push_back({arrival, kNever, KeptItem<T>(item)});
  }
  /// The oldest item that was not, is taken.
  void taken(Cycle cycle) { items_[taken_++].taken = cycle; }

  Cycle next() const override {
    if (!is_begun_) {
      return 0;  // free slots are not 0 from the start
    }
    const Cycle pushed = pushes_.empty() ? kNever : pushes_.front();
    if (items_.empty()) {
      return pushed;
    }
    const Item& item = items_.front();
    if (!is_valid_) {
      return std::min(pushed, first_shown(item));
    }
    if (item.taken == kNever) {
      return pushed;
    }
    return std::min(pushed, is_ready_ ? item.taken + 1 : item.taken);
  }

  void show(Cycle cycle, WaveWriter& writer) override {
    is_begun_ = true;
    for (; !pushes_.empty() && pushes_.front() <= cycle; pushes_.pop_front()) {
      --free_slots_;
    }
    if (is_ready_ && cycle > items_.front().taken) {
      drop_front();
    }
    // A receiver that takes several items in one cycle shows one of them.
    while (!items_.empty() && items_.front().taken < first_shown(items_.front())) {
      drop_front();
    }
    if (!items_.empty() && !is_valid_ && first_shown(items_.front()) <= cycle) {
      is_valid_ = true;
      fields_.show(items_.front().kept, writer);
    }
    is_ready_ = is_valid_ && items_.front().taken == cycle;
    writer.set(valid_id_, is_valid_ ? 1 : 0);
    writer.set(ready_id_, is_ready_ ? 1 : 0);
    writer.set(free_slots_id_, free_slots_);
  }

 private:
  struct Item {
    Cycle arrival;
    Cycle taken;
    KeptItem<T> kept;
  };

  Cycle first_shown(const Item& item) const { return std::max(item.arrival, free_from_); }
  void drop_front() {
    free_from_ = std::max(free_from_, items_.front().taken + 1);
    items_.pop_front();
    --taken_;
    ++free_slots_;
    is_valid_ = is_ready_ = false;
  }

  unsigned free_slots_;
  WaveId valid_id_, ready_id_, free_slots_id_;
  StreamFields<T> fields_;
  std::deque<Cycle> pushes_;
  std::deque<Item> items_;
  std::size_t taken_ = 0;  ///< of items_, so many are taken or will be
  Cycle free_from_ = 0;    ///< the wires show no item that was taken before
  bool is_begun_ = false;
  bool is_valid_ = false;
  bool is_ready_ = false;
};

}  // namespace airnn
