// SPDX-License-Identifier: Apache-2.0
#include "hw/rtl/rtl_addresses.h"

#include <string>
#include <utility>

#include "hw/common/check.h"

namespace airnn {

namespace {

constexpr std::size_t kNoPort = ~std::size_t{0};

}  // namespace

RtlAddresses::RtlAddresses(const sc_core::sc_module_name& module_name,
                           const BufferAddressCalculationParams& params, const ClockDomain& clock,
                           std::shared_ptr<const RtlLibrary> library, std::uint64_t seed)
    : AddressPorts(module_name, clock, params.weighted_layers(), params.latency_cycles),
      params_(params),
      model_(std::move(library), name(), seed),
      pins_(model_),
      in_flight_(out_placed.size()),
      taken_(out_placed.size()) {
  for (std::uint32_t layer = 0; layer < params_.layers.size(); ++layer) {
    const bool has_weights = params_.layers[layer].slots() > 0;
    ports_.push_back(has_weights ? layers_.size() : kNoPort);
    if (has_weights) {
      layers_.push_back(layer);
    }
  }
  SC_HAS_PROCESS(RtlAddresses);
  SC_METHOD(step);
  dont_initialize();
  sensitive << in_weights.arrival_event() << timer_.event() << out_batch_placed.credit_event();
  for (StreamOut<PlacedWeights>& out : out_placed) {
    sensitive << out.credit_event();
  }
}

void RtlAddresses::start_of_simulation() {
  configure();
  model_.reset();
  MODEL_CHECK(model_.failure().empty(), name(), model_.failure());
  MODEL_CHECK(!pins_.busy.is_set() && pins_.placed_valid.is_zero() && !pins_.acknowledged.is_set(),
              name(), "after the reset busy or a valid of the RTL is not 0");
}

void RtlAddresses::configure() {
  for (std::size_t layer = 0; layer < ports_.size(); ++layer) {
    if (ports_[layer] == kNoPort) {
      continue;
    }
    const BufferMap& map = params_.layers[layer];
    pins_.pitch.put_field(layer, RtlAddressPins::kPitchBits, map.pitch());
    pins_.rows.put_field(layer, RtlAddressPins::kRowsBits, map.rows());
    pins_.table.put_field(layer, RtlAddressPins::kTableBits, map.table_words());
  }
}

std::uint64_t RtlAddresses::time_ps() const {
  return sc_core::sc_time_stamp().value();  // the resolution is a picosecond
}

void RtlAddresses::step() {
  const Cycle t = clock_.now();
  if (t < next_) {  // woken again in a cycle that is done
    timer_.set(next_);
    return;
  }
  drive_credits();
  drive_beat();
  model_.eval(time_ps());
  MODEL_CHECK(model_.failure().empty(), name(), model_.failure());
  MODEL_CHECK(!pins_.error.is_set(), name(),
              "the RTL says that a word lies outside of its layer (P3)");
  send_words();
  acknowledge();
  if (pins_.weights_valid.is_set()) {
    take_beat(t);
  }
  model_.clock(time_ps());
  MODEL_CHECK(model_.failure().empty(), name(), model_.failure());
  next_ = t + 1;
  if (in_weights.can_pop() || is_busy()) {
    timer_.set(next_);
  }
}

/// In the next cycle, if nothing comes.
bool RtlAddresses::is_busy() {
  model_.eval(time_ps());
  return pins_.busy.is_set();
}

/// Also has the next credit of each stream wake the unit.
void RtlAddresses::drive_credits() {
  for (std::size_t port = 0; port < out_placed.size(); ++port) {
    const unsigned taken = out_placed[port].taken();
    pins_.placed_credit.put_field(layers_[port], pins_.credit_bits, taken_[port] - taken);
    taken_[port] = taken;
  }
  const unsigned taken = out_batch_placed.taken();
  pins_.acknowledged_credit.put(acknowledgements_ - taken);
  acknowledgements_ = taken;
}

/// Without a beat all pins of the stream are 0, and so are lanes without a word.
void RtlAddresses::drive_beat() {
  const WeightBeat none;
  const bool is_there = in_weights.can_pop();
  const WeightBeat& beat = is_there ? in_weights.front() : none;
  pins_.weights_valid.put(is_there ? 1 : 0);
  pins_.weights_count.put(beat.count);
  pins_.weights_last.put(beat.last);
  pins_.weights_valid_from.put(beat.valid_from);
  for (std::uint32_t i = 0; i < pins_.lanes; ++i) {
    const WeightWord word = i < beat.count ? beat.words[i] : WeightWord();
    pins_.weights_value.put_field(i, RtlAddressPins::kWordBits,
                                  static_cast<std::uint32_t>(word.value));
    pins_.weights_column.put_field(i, RtlAddressPins::kColumnBits, word.column);
    pins_.weights_row.put_field(i, RtlAddressPins::kRowBits, word.row);
    pins_.weights_layer.put_field(i, RtlAddressPins::kLayerBits, word.layer);
  }
}

void RtlAddresses::take_beat(Cycle t) {
  if (!pins_.weights_ready.is_set()) {
    account_.block(t);
    return;
  }
  const WeightBeat& beat = in_weights.front();
  for (std::uint32_t begin = 0, end = 0; begin < beat.count; begin = end) {
    const std::uint32_t layer = beat.words[begin].layer;
    MODEL_CHECK(layer < ports_.size() && ports_[layer] != kNoPort, name(),
                "a word names layer " + std::to_string(layer) +
                    ", which has no weights, and the RTL says nothing (P3)");
    while (end < beat.count && beat.words[end].layer == layer) {
      ++end;
    }
    on_placed.emit({t + params_.latency_cycles, layer, end - begin});
    on_beat.emit({t, t + params_.latency_cycles, layer, end - begin});
  }
  on_cycles.emit(account_.beat(t));
  in_weights.pop();
}

void RtlAddresses::send_words() {
  const std::uint32_t count = pins_.placed_valid.is_zero() ? 0 : pins_.placed_count.get();
  MODEL_CHECK(count <= pins_.lanes, name(), "out_placed_count of the RTL is more than its lanes");
  std::uint32_t sent = 0;
  for (std::uint32_t begin = 0, end = 0; begin < count; begin = end) {
    const std::uint32_t layer = pins_.placed_layer.field(begin, RtlAddressPins::kLayerBits);
    MODEL_CHECK(layer < ports_.size() && ports_[layer] != kNoPort &&
                    pins_.placed_valid.field(layer, 1) != 0,
                name(),
                "out_placed_layer of the RTL names layer " + std::to_string(layer) +
                    ", but its out_placed_valid does not");
    const std::size_t port = ports_[layer];
    Words words;
    while (end < count && pins_.placed_layer.field(end, RtlAddressPins::kLayerBits) == layer) {
      words.push_back(
          {pins_.placed_slot.field(end, RtlAddressPins::kWordBits),
           static_cast<std::int32_t>(pins_.placed_value.field(end, RtlAddressPins::kWordBits))});
      ++end;
    }
    in_flight_[port].push_back(std::move(words));
    if (in_flight_[port].size() > out_placed[port].slots()) {
      in_flight_[port].pop_front();
    }
    out_placed[port].push(
        {in_flight_[port].back().data(), end - begin, 0, 0, pins_.placed_valid_from.get()}, 1);
    taken_[port] = out_placed[port].taken();
    ++sent;
  }
  std::uint32_t valid = 0;
  for (std::uint32_t layer = 0; layer < pins_.layers; ++layer) {
    valid += pins_.placed_valid.field(layer, 1);
  }
  MODEL_CHECK(sent == valid, name(),
              "out_placed_valid of the RTL names " + std::to_string(valid) +
                  " layers, but the words are of " + std::to_string(sent) +
                  ", or do not lie side by side");
}

void RtlAddresses::acknowledge() {
  if (pins_.acknowledged.is_set()) {
    out_batch_placed.push({pins_.acknowledged_words.get()}, 1);
    acknowledgements_ = out_batch_placed.taken();
  }
}

}  // namespace airnn
