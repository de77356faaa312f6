// SPDX-License-Identifier: Apache-2.0
#include "hw/rtl/rtl_addresses.h"

#include <algorithm>
#include <string>
#include <utility>

#include "hw/common/check.h"
#include "hw/control/address/beat_pieces.h"

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
  if (pins_.runs_ahead) {
    in_weights.take_trains(
        [this] { return takes_trains(); },
        [this](const ItemTrain<WeightBeat>& train) { return place_train(train); });
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
  pins_.drive(in_weights.can_pop() ? &in_weights.front() : nullptr);
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
  pins_.drive(nullptr);
  pins_.placed_credit.clear();
  pins_.acknowledged_credit.clear();
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

void RtlAddresses::take_beat(Cycle t) {
  if (!pins_.weights_ready.is_set()) {
    account_.block(t);
    return;
  }
  const WeightBeat& beat = in_weights.front();
  for_each_piece(beat, [&](std::uint32_t layer, std::uint32_t words) {
    MODEL_CHECK(layer < ports_.size() && ports_[layer] != kNoPort, name(),
                "a word names layer " + std::to_string(layer) +
                    ", which has no weights, and the RTL says nothing (P3)");
    on_placed.emit({t + params_.latency_cycles, layer, words});
    on_beat.emit({t, t + params_.latency_cycles, layer, words});
  });
  has_begun_ = true;
  on_cycles.emit(account_.beat(t));
  in_weights.pop();
}

void RtlAddresses::send_words() {
  for (RtlPiece& piece : pins_.pieces(name())) {
    const std::size_t port = ports_.at(piece.layer);
    MODEL_CHECK(port != kNoPort, name(),
                "the RTL places words in layer " + std::to_string(piece.layer) +
                    ", which has no weights (P3)");
    in_flight_[port].push_back(std::move(piece.words));
    if (in_flight_[port].size() > out_placed[port].slots()) {
      in_flight_[port].pop_front();
    }
    const Words& words = in_flight_[port].back();
    out_placed[port].push(
        {words.data(), static_cast<std::uint32_t>(words.size()), 0, 0, piece.valid_from}, 1);
    taken_[port] = out_placed[port].taken();
  }
}

void RtlAddresses::acknowledge() {
  if (pins_.acknowledged.is_set()) {
    out_batch_placed.push({pins_.acknowledged_words.get()}, 1);
    ++acknowledgements_;
    out_batch_placed.taken();  // its credit is to wake the unit
    has_begun_ = false;
  }
}

bool RtlAddresses::takes_trains() {
  return !has_begun_ && acknowledgements_ < out_batch_placed.slots() &&
         std::all_of(out_placed.begin(), out_placed.end(), [](StreamOut<PlacedWeights>& out) {
           return out.idle() && out.takes_trains();
         });
}

Cycle RtlAddresses::place_train(const ItemTrain<WeightBeat>& train) {
  const ContentId first = train.items[0].item.content;
  const bool is_one = std::all_of(train.items, train.items + train.count,
                                  [&](const auto& beat) { return beat.item.content == first; });
  const ContentId content = is_one ? first : 0;
  const RtlPlacedBatch placed = train_.run(train);
  KnownBatch& known = known_batch(placed, content);
  const PlacedTrains& trains = placed_trains(known, placed, &known == &nameless_ ? 0 : content);
  for (std::size_t port = 0; port < trains.size(); ++port) {
    if (!trains[port]->empty()) {
      on_placed.emit(
          {train.begin + trains[port]->back().cycle, layers_[port], known.words[port].size()});
      out_placed[port].push_all(trains[port], train.begin);
    }
  }
  account_train(train);
  out_batch_placed.push({placed.words}, train.begin + placed.acknowledged + 1 - clock_.now());
  ++acknowledgements_;
  out_batch_placed.taken();  // its credit is to wake the unit
  next_ = train_.next();
  return train.last_cycle() + 1;
}

void RtlAddresses::account_train(const ItemTrain<WeightBeat>& train) {
  Cycle working = 0;
  Cycle until = 0;
  for (std::size_t b = 0; b < train.count; ++b) {
    const Cycle cycle = train.items[b].cycle;
    working += cycle + params_.latency_cycles - std::max(cycle, until);
    until = cycle + params_.latency_cycles;
  }
  on_cycles.emit(account_.train(train.begin + train.items[0].cycle, train.begin + until, working));
  tell_beats(train, params_.latency_cycles, on_beat);
}

/// The words stay where they are. What the RTL gives for the same name must be the same.
RtlAddresses::KnownBatch& RtlAddresses::known_batch(const RtlPlacedBatch& placed,
                                                    ContentId content) {
  std::vector<Words> words(out_placed.size());
  for (std::size_t layer = 0; layer < placed.layers.size(); ++layer) {
    for (const RtlPlacedBatch::Piece& piece : placed.layers[layer]) {
      MODEL_CHECK(
          layer < ports_.size() && ports_[layer] != kNoPort, name(),
          "the RTL places words in layer " + std::to_string(layer) + ", which has no weights (P3)");
      Words& all = words[ports_[layer]];
      all.insert(all.end(), piece.words.begin(), piece.words.end());
    }
  }
  KnownBatch* const known = content == 0 ? nullptr : known_.find(content);
  if (known != nullptr) {
    MODEL_CHECK(known->words == words, name(),
                "the RTL gives other words than before for the same batch");
    return *known;
  }
  if (content != 0 && known_.has_room()) {
    return *known_.keep(content, {std::move(words), {}});
  }
  nameless_ = {std::move(words), {}};
  return nameless_;
}

/// The same train as before, if it is: whoever knows it by its address need not look at it.
const RtlAddresses::PlacedTrains& RtlAddresses::placed_trains(KnownBatch& known,
                                                              const RtlPlacedBatch& placed,
                                                              ContentId content) const {
  PlacedTrains trains;
  for (std::size_t port = 0; port < layers_.size(); ++port) {
    Train<PlacedWeights> items;
    std::uint64_t first = 0;
    for (const RtlPlacedBatch::Piece& piece : placed.layers[layers_[port]]) {
      const auto count = static_cast<std::uint32_t>(piece.words.size());
      items.push_back(
          {piece.arrival, {known.words[port].data() + first, count, content, first, 0}});
      first += count;
    }
    trains.push_back(std::make_shared<const Train<PlacedWeights>>(std::move(items)));
  }
  const auto is_same = [](const KeptTrain<PlacedWeights>& a, const KeptTrain<PlacedWeights>& b) {
    return std::equal(a->begin(), a->end(), b->begin(), b->end(), [](const auto& x, const auto& y) {
      return x.cycle == y.cycle && x.item == y.item;
    });
  };
  for (const PlacedTrains& way : known.ways) {
    if (std::equal(way.begin(), way.end(), trains.begin(), trains.end(), is_same)) {
      return way;
    }
  }
  if (known.ways.size() == kMostWays) {
    known.ways.clear();
  }
  known.ways.push_back(std::move(trains));
  return known.ways.back();
}

}  // namespace airnn
