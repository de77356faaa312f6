// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <tlm>

#include "hw/common/stream.h"
#include "hw/common/wire_bits.h"

namespace airnn {

/// What passes over a binding: accesses to memory, or items of one type.
enum class ItemKind : std::uint8_t {
  memory_access,
  weight_beat,
  placed_weights,
  batch_placed,
  control_message,
  input_beat,
  feature_map,
  decision,
  input_job,
  input_result,
};

/// Is a slot of such a stream the place of what its item points to (a consumer's input buffer, an
/// input's place in memory)? Else slots only cover the round trip, and a longer way may have more.
constexpr bool slot_is_memory(ItemKind items) {
  return items == ItemKind::feature_map || items == ItemKind::input_job;
}

/// The kind of items of type T.
template <typename T>
constexpr ItemKind item_kind();
template <>
constexpr ItemKind item_kind<WeightBeat>() {
  return ItemKind::weight_beat;
}
template <>
constexpr ItemKind item_kind<PlacedWeights>() {
  return ItemKind::placed_weights;
}
template <>
constexpr ItemKind item_kind<BatchPlaced>() {
  return ItemKind::batch_placed;
}
template <>
constexpr ItemKind item_kind<ControlMessage>() {
  return ItemKind::control_message;
}
template <>
constexpr ItemKind item_kind<InputBeat>() {
  return ItemKind::input_beat;
}
template <>
constexpr ItemKind item_kind<FeatureMap>() {
  return ItemKind::feature_map;
}
template <>
constexpr ItemKind item_kind<Decision>() {
  return ItemKind::decision;
}
template <>
constexpr ItemKind item_kind<InputJob>() {
  return ItemKind::input_job;
}
template <>
constexpr ItemKind item_kind<InputResult>() {
  return ItemKind::input_result;
}

/// A sender, a receiver, and what passes between them.
struct Binding {
  tlm::tlm_initiator_socket<>* from = nullptr;
  tlm::tlm_target_socket<>* to = nullptr;
  ItemKind items = ItemKind::memory_access;
  WireFormat wires;                ///< of a stream
  StreamSender* stream = nullptr;  ///< null: no stream

  /// Path of the sender below the machine: "read_weight_controller.out_weights".
  std::string sender() const;
  /// Path of the receiver below the machine.
  std::string receiver() const;
};

}  // namespace airnn
