// SPDX-License-Identifier: Apache-2.0
#include "hw/control/address/buffer_address_calculation.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "hw/common/check.h"
#include "hw/control/address/beat_pieces.h"

namespace airnn {

namespace {

constexpr std::size_t kNoPort = ~std::size_t{0};

}  // namespace

std::size_t BufferAddressCalculationParams::weighted_layers() const {
  return static_cast<std::size_t>(std::count_if(
      layers.begin(), layers.end(), [](const BufferMap& map) { return map.slots() > 0; }));
}

BufferAddressCalculation::BufferAddressCalculation(const sc_core::sc_module_name& module_name,
                                                   const BufferAddressCalculationParams& params,
                                                   const ClockDomain& clock)
    : AddressPorts(module_name, clock, params.weighted_layers(), params.latency_cycles),
      params_(params) {
  std::size_t ports = 0;
  for (const BufferMap& map : params.layers) {
    ports_.push_back(map.slots() > 0 ? ports++ : kNoPort);
  }
  in_flight_.resize(ports);
  in_weights.take_trains([this] { return takes_trains(); },
                         [this](const ItemTrain<WeightBeat>& train) { return place_train(train); });
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
      account_.block(t);
      return false;
    }
  }
  std::uint32_t begin = 0;
  const LineSegment* line = beat.segments;
  while (begin < beat.count) {
    const std::size_t port = port_of(beat.words[begin]);
    Piece piece;
    std::uint32_t end = begin;
    while (end < beat.count && beat.words[end].layer == beat.words[begin].layer) {
      piece.words.push_back(placed(beat.words[end++]));
    }
    piece.segments = lines_of(piece.words.size(), line, beat);
    in_flight_[port].push_back(std::move(piece));
    const Piece& sent = in_flight_[port].back();
    out_placed[port].push({sent.words.data(), end - begin, 0, 0, beat.valid_from,
                           sent.segments.data(), static_cast<std::uint32_t>(sent.segments.size())},
                          params_.latency_cycles);
    if (in_flight_[port].size() > out_placed[port].slots()) {
      in_flight_[port].pop_front();
    }
    on_placed.emit({t + params_.latency_cycles, beat.words[begin].layer, end - begin});
    on_beat.emit({t, t + params_.latency_cycles, beat.words[begin].layer, end - begin});
    begin = end;
  }
  on_cycles.emit(account_.beat(t));
  batch_words_ += beat.count;
  batch_ended_ = beat.last != 0;
  in_weights.pop();
  return true;
}

/// The beat's lines from `next` on that have so many words; `next` goes behind them.
std::vector<LineSegment> BufferAddressCalculation::lines_of(std::uint64_t words,
                                                            const LineSegment*& next,
                                                            const WeightBeat& beat) const {
  std::vector<LineSegment> lines;
  std::uint64_t found = 0;
  while (beat.segment_count > 0 && found < words && next != beat.segments + beat.segment_count) {
    found += next->length;
    lines.push_back(*next++);
  }
  MODEL_CHECK(beat.segment_count == 0 || found == words, name(),
              "a line does not end where its layer does (P3)");
  return lines;
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

BufferAddressCalculation::TrainFacts BufferAddressCalculation::facts_of(
    const ItemTrain<WeightBeat>& train) {
  return train.kept == nullptr ? found_facts(train)
                               : facts_.get(train.kept, [&] { return found_facts(train); });
}

BufferAddressCalculation::TrainFacts BufferAddressCalculation::found_facts(
    const ItemTrain<WeightBeat>& train) const {
  TrainFacts facts;
  facts.content = train.items[0].item.content;
  for (std::size_t b = 0; b < train.count; ++b) {
    const auto& [cycle, beat] = train.items[b];
    if (beat.content != facts.content) {
      facts.content = 0;
    }
    const Cycle until = cycle + params_.latency_cycles;
    facts.working += until - std::max(cycle, facts.until);
    facts.until = until;
  }
  return facts;
}

BufferAddressCalculation::PlacedBatch& BufferAddressCalculation::placed_batch(
    const ItemTrain<WeightBeat>& train, ContentId content) {
  MODEL_CHECK(train.items[0].item.first == 0 && train.items[train.count - 1].item.last == 1, name(),
              "a train is not a whole batch");
  if (content != 0) {
    if (PlacedBatch* known = known_.find(content)) {
      if (known_.checks()) {
        known_.check(are_equal(*known, calculated(train, true)));
      }
      return *known;
    }
    if (known_.has_room()) {
      return *known_.keep(content, calculated(train, true));
    }
  }
  nameless_ = calculated(train, false);
  return nameless_;
}

/// A name says that the words stay where they are. Words that are not remembered have none.
BufferAddressCalculation::PlacedBatch BufferAddressCalculation::calculated(
    const ItemTrain<WeightBeat>& train, bool is_named) const {
  PlacedBatch batch;
  batch.ports.resize(out_placed.size());
  for (std::size_t b = 0; b < train.count; ++b) {
    const WeightBeat& beat = train.items[b].item;
    for (std::uint32_t i = 0; i < beat.count; ++i) {
      PlacedLayer& layer = batch.ports[port_of(beat.words[i])];
      if (layer.beats.empty() || layer.beats.back() != b) {
        layer.beats.push_back(static_cast<std::uint32_t>(b));
        layer.items.push_back({nullptr, 0, is_named ? beat.content : 0, layer.words.size(), 0});
      }
      layer.words.push_back(placed(beat.words[i]));
      ++layer.items.back().count;
    }
    batch.total += beat.count;
  }
  for (PlacedLayer& layer : batch.ports) {
    for (PlacedWeights& item : layer.items) {
      item.words = layer.words.data() + item.first;
    }
  }
  return batch;
}

bool BufferAddressCalculation::are_equal(const PlacedBatch& one, const PlacedBatch& other) {
  return one.total == other.total &&
         std::equal(one.ports.begin(), one.ports.end(), other.ports.begin(), other.ports.end(),
                    [](const PlacedLayer& a, const PlacedLayer& b) {
                      return a.words == b.words && a.beats == b.beats;
                    });
}

const BufferAddressCalculation::PlacedTrains& BufferAddressCalculation::placed_trains(
    PlacedBatch& batch, const ItemTrain<WeightBeat>& train) {
  const auto make = [&] { return delayed(batch, train); };
  if (train.kept == nullptr) {
    nameless_trains_ = make();
    return nameless_trains_;
  }
  if (!batch.ways.has_room()) {
    batch.ways.clear();
  }
  return batch.ways.get(train.kept, make, are_alike);
}

BufferAddressCalculation::PlacedTrains BufferAddressCalculation::delayed(
    const PlacedBatch& batch, const ItemTrain<WeightBeat>& train) const {
  PlacedTrains trains;
  for (const PlacedLayer& layer : batch.ports) {
    Train<PlacedWeights> items;
    items.reserve(layer.items.size());
    for (std::size_t i = 0; i < layer.items.size(); ++i) {
      items.push_back({train.items[layer.beats[i]].cycle + params_.latency_cycles, layer.items[i]});
    }
    trains.push_back(std::make_shared<const Train<PlacedWeights>>(std::move(items)));
  }
  return trains;
}

bool BufferAddressCalculation::are_alike(const PlacedTrains& one, const PlacedTrains& other) {
  const auto is_same_item = [](const Timed<PlacedWeights>& a, const Timed<PlacedWeights>& b) {
    return a.cycle == b.cycle && a.item.words == b.item.words && a.item.count == b.item.count &&
           a.item.content == b.item.content && a.item.first == b.item.first;
  };
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [&](const KeptTrain<PlacedWeights>& a, const KeptTrain<PlacedWeights>& b) {
                      return std::equal(a->begin(), a->end(), b->begin(), b->end(), is_same_item);
                    });
}

Cycle BufferAddressCalculation::place_train(const ItemTrain<WeightBeat>& train) {
  const TrainFacts facts = facts_of(train);
  PlacedBatch& batch = placed_batch(train, facts.content);
  const PlacedTrains& trains = placed_trains(batch, train);
  Cycle last_credit = 0;
  for (std::size_t layer = 0; layer < ports_.size(); ++layer) {
    if (ports_[layer] == kNoPort || batch.ports[ports_[layer]].words.empty()) {
      continue;
    }
    const KeptTrain<PlacedWeights>& part = trains[ports_[layer]];
    on_placed.emit({train.begin + part->back().cycle, static_cast<std::uint32_t>(layer),
                    batch.ports[ports_[layer]].words.size()});
    last_credit = std::max(last_credit, out_placed[ports_[layer]].push_all(part, train.begin));
  }
  on_cycles.emit(
      account_.train(train.begin + train.items[0].cycle, train.begin + facts.until, facts.working));
  tell_beats(train, params_.latency_cycles, on_beat);
  MODEL_CHECK(out_batch_placed.can_push(), name(), "an acknowledgement was not taken");
  out_batch_placed.push({batch.total}, last_credit + 1 - clock_.now());
  return train.last_cycle() + 1;
}

}  // namespace airnn
