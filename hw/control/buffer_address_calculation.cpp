// SPDX-License-Identifier: Apache-2.0
#include "hw/control/buffer_address_calculation.h"

#include <algorithm>

#include "hw/common/check.h"

namespace airnn {

namespace {

constexpr std::size_t kNoPort = ~std::size_t{0};

}  // namespace

BufferAddressCalculation::BufferAddressCalculation(const sc_core::sc_module_name& module_name,
                                                   const BufferAddressCalculationParams& params,
                                                   const ClockDomain& clock)
    : sc_module(module_name), params_(params), clock_(clock) {
  std::size_t ports = 0;
  for (const BufferMap& map : params.layers) {
    ports_.push_back(map.slots() > 0 ? ports++ : kNoPort);
  }
  // One slot more than the way there and back takes keeps one beat per cycle going.
  const auto slots = static_cast<unsigned>(params.latency_cycles) + 2;
  in_flight_.resize(ports);
  out_placed.init(ports, [this, slots](const char* port, std::size_t) {
    return new StreamOut<PlacedWeights>(port, clock_, slots);
  });
  in_weights.take_trains([this] { return takes_trains(); },
                         [this](const Timed<WeightBeat>* beats, std::size_t count) {
                           return place_train(beats, count);
                         });
  SC_HAS_PROCESS(BufferAddressCalculation);
  SC_METHOD(place);
  dont_initialize();
  sensitive << in_weights.arrival_event() << timer_.event() << out_batch_placed.credit_event();
  for (StreamOut<PlacedWeights>& out : out_placed) {
    sensitive << out.credit_event();
  }
}

std::size_t BufferAddressCalculation::port_of(const WeightWord& word) const {
  const std::size_t port = word.layer < ports_.size() ? ports_[word.layer] : kNoPort;
  MODEL_CHECK(port != kNoPort, name(),
              "a word names layer " + std::to_string(word.layer) + ", which has no weights (P3)");
  return port;
}

PlacedWord BufferAddressCalculation::placed(const WeightWord& word) const {
  const BufferMap& map = params_.layers[word.layer];
  MODEL_CHECK(map.contains(word.row, word.column), name(),
              "a word names row " + std::to_string(word.row) + ", column " +
                  std::to_string(word.column) + " outside of layer " + std::to_string(word.layer) +
                  " (P3)");
  return {map.slot(word.row, word.column), word.value};
}

void BufferAddressCalculation::account(Cycle pop) {
  const Cycle until = pop + params_.latency_cycles;
  // A cycle with another beat in the pipeline is a working one.
  const Cycle blocked_from = std::max(blocked_since_.value_or(pop), busy_until_);
  on_cycles.emit(
      {until, until - std::max(pop, busy_until_), 0, blocked_from < pop ? pop - blocked_from : 0});
  busy_until_ = until;
  blocked_since_.reset();
}

void BufferAddressCalculation::place() {
  const Cycle t = clock_.now();
  if (in_weights.can_pop() && t >= next_beat_) {
    if (place_beat(t)) {
      next_beat_ = t + 1;
      timer_.set(next_beat_);
    }
  }
  acknowledge();
}

bool BufferAddressCalculation::place_beat(Cycle t) {
  const WeightBeat& beat = in_weights.front();
  for (std::uint32_t i = 0; i < beat.count; ++i) {
    if (!out_placed[port_of(beat.words[i])].can_push()) {
      blocked_since_ = blocked_since_.value_or(t);
      return false;
    }
  }
  std::uint32_t begin = 0;
  while (begin < beat.count) {
    const std::size_t port = port_of(beat.words[begin]);
    std::vector<PlacedWord> words;
    std::uint32_t end = begin;
    while (end < beat.count && beat.words[end].layer == beat.words[begin].layer) {
      words.push_back(placed(beat.words[end++]));
    }
    in_flight_[port].push_back(std::move(words));
    out_placed[port].push({in_flight_[port].back().data(), end - begin, 0, 0, beat.valid_from},
                          params_.latency_cycles);
    if (in_flight_[port].size() > out_placed[port].slots()) {
      in_flight_[port].pop_front();
    }
    on_placed.emit({t + params_.latency_cycles, beat.words[begin].layer, end - begin});
    on_beat.emit({t, t + params_.latency_cycles, beat.words[begin].layer, end - begin});
    begin = end;
  }
  account(t);
  batch_words_ += beat.count;
  batch_ended_ = beat.last != 0;
  in_weights.pop();
  return true;
}

void BufferAddressCalculation::acknowledge() {
  if (!batch_ended_) {
    return;
  }
  for (StreamOut<PlacedWeights>& out : out_placed) {
    if (!out.idle()) {
      return;
    }
  }
  if (out_batch_placed.can_push()) {
    out_batch_placed.push({batch_words_}, 1);
    batch_words_ = 0;
    batch_ended_ = false;
  }
}

bool BufferAddressCalculation::takes_trains() {
  if (batch_ended_ || batch_words_ != 0) {
    return false;
  }
  return std::all_of(out_placed.begin(), out_placed.end(), [](StreamOut<PlacedWeights>& out) {
    return out.idle() && out.takes_trains();
  });
}

BufferAddressCalculation::PlacedBatch& BufferAddressCalculation::placed_batch(
    const Timed<WeightBeat>* beats, std::size_t count) {
  MODEL_CHECK(beats[0].item.first == 0 && beats[count - 1].item.last == 1, name(),
              "a train is not a whole batch");
  const auto [entry, is_new] = known_.try_emplace(beats[0].item.content);
  PlacedBatch& batch = entry->second;
  if (!is_new) {
    return batch;
  }
  batch.ports.resize(out_placed.size());
  for (std::size_t b = 0; b < count; ++b) {
    const WeightBeat& beat = beats[b].item;
    for (std::uint32_t i = 0; i < beat.count; ++i) {
      PlacedLayer& layer = batch.ports[port_of(beat.words[i])];
      if (layer.beats.empty() || layer.beats.back() != b) {
        layer.beats.push_back(static_cast<std::uint32_t>(b));
        layer.train.push_back({0, {nullptr, 0, beat.content, layer.words.size(), 0}});
      }
      layer.words.push_back(placed(beat.words[i]));
      ++layer.train.back().item.count;
    }
    batch.total += beat.count;
  }
  for (PlacedLayer& layer : batch.ports) {
    for (Timed<PlacedWeights>& item : layer.train) {
      item.item.words = layer.words.data() + item.item.first;
    }
  }
  return batch;
}

Cycle BufferAddressCalculation::place_train(const Timed<WeightBeat>* beats, std::size_t count) {
  PlacedBatch& batch = placed_batch(beats, count);
  Cycle last_credit = 0;
  for (std::size_t layer = 0; layer < ports_.size(); ++layer) {
    if (ports_[layer] == kNoPort || batch.ports[ports_[layer]].words.empty()) {
      continue;
    }
    PlacedLayer& part = batch.ports[ports_[layer]];
    for (std::size_t i = 0; i < part.train.size(); ++i) {
      part.train[i].cycle = beats[part.beats[i]].cycle + params_.latency_cycles;
    }
    on_placed.emit({part.train.back().cycle, static_cast<std::uint32_t>(layer), part.words.size()});
    last_credit = std::max(last_credit, out_placed[ports_[layer]].push_all(part.train));
  }
  account_train(beats, count);
  if (on_beat.heard()) {
    tell_beats(beats, count);
  }
  MODEL_CHECK(out_batch_placed.can_push(), name(), "an acknowledgement was not taken");
  out_batch_placed.push({batch.total}, last_credit + 1 - clock_.now());
  return beats[count - 1].cycle + 1;
}

/// Words of a layer lie side by side in a beat.
void BufferAddressCalculation::tell_beats(const Timed<WeightBeat>* beats, std::size_t count) const {
  for (std::size_t b = 0; b < count; ++b) {
    const WeightBeat& beat = beats[b].item;
    for (std::uint32_t begin = 0, end = 0; begin < beat.count; begin = end) {
      const std::uint32_t layer = beat.words[begin].layer;
      while (end < beat.count && beat.words[end].layer == layer) {
        ++end;
      }
      on_beat.emit({beats[b].cycle, beats[b].cycle + params_.latency_cycles, layer, end - begin});
    }
  }
}

void BufferAddressCalculation::account_train(const Timed<WeightBeat>* beats, std::size_t count) {
  Cycle working = 0;
  for (std::size_t b = 0; b < count; ++b) {
    const Cycle until = beats[b].cycle + params_.latency_cycles;
    working += until - std::max(beats[b].cycle, busy_until_);
    busy_until_ = until;
  }
  on_cycles.emit({busy_until_, working, 0, 0});
}

}  // namespace airnn
