// SPDX-License-Identifier: Apache-2.0
#include "hw/wave/sources/stream_fields.h"

#include "hw/wave/wave_states.h"

namespace airnn {

namespace {

const WaveType kNumber = WaveType::number(32);
const WaveType kValue = WaveType::signed_number(32);
const WaveType kScore = WaveType::signed_number(64);
const WaveType kBit = WaveType::bit();

constexpr WaveId kWeightFields = 4;
constexpr WaveId kPlacedFields = 2;
constexpr unsigned kInputValues = 16;

/// Lines of an item, where words may be lines.
std::optional<WaveId> segments_of(WaveTree& tree, const std::string& scope,
                                  const WaveLanes& lanes) {
  return lanes.has_lines ? std::optional<WaveId>(tree.add(scope, "segments", kNumber))
                         : std::nullopt;
}

void show_segments(const std::optional<WaveId>& id, std::uint32_t segments, WaveWriter& writer) {
  if (id) {
    writer.set(*id, segments);
  }
}

std::string lane(const char* name, unsigned number) {
  return name + std::to_string(number);
}

}  // namespace

StreamFields<InputJob>::StreamFields(WaveTree& tree, const std::string& scope, const WaveLanes&)
    : address_(tree.add(scope, "address", WaveType::address())),
      input_(tree.add(scope, "input", kNumber)) {}

void StreamFields<InputJob>::show(const KeptItem<InputJob>& kept, WaveWriter& writer) const {
  writer.set(address_, kept.item.address);
  writer.set(input_, kept.item.input);
}

StreamFields<InputResult>::StreamFields(WaveTree& tree, const std::string& scope, const WaveLanes&)
    : input_(tree.add(scope, "input", kNumber)),
      prediction_(tree.add(scope, "prediction", kNumber)),
      iterations_(tree.add(scope, "iterations", kNumber)),
      score_(tree.add(scope, "score", kScore)) {}

void StreamFields<InputResult>::show(const KeptItem<InputResult>& kept, WaveWriter& writer) const {
  writer.set(input_, kept.item.input);
  writer.set(prediction_, kept.item.prediction);
  writer.set(iterations_, kept.item.iterations);
  writer.set_signed(score_, kept.item.score);
}

StreamFields<WeightBeat>::StreamFields(WaveTree& tree, const std::string& scope,
                                       const WaveLanes& lanes)
    : count_(tree.add(scope, "count", WaveType::number_to(lanes.most_words))),
      last_(tree.add(scope, "last", kBit)),
      valid_from_(tree.add(scope, "valid_from", kNumber)),
      segments_(segments_of(tree, scope, lanes)),
      lane0_(tree.next()),
      lanes_(lanes.lanes) {
  for (unsigned i = 0; i < lanes_; ++i) {
    tree.add(scope, lane("value", i), kValue);
    tree.add(scope, lane("layer", i), kNumber);
    tree.add(scope, lane("row", i), kNumber);
    tree.add(scope, lane("column", i), kNumber);
  }
}

void StreamFields<WeightBeat>::show(const KeptItem<WeightBeat>& kept, WaveWriter& writer) const {
  writer.set(count_, kept.item.count);
  writer.set(last_, kept.item.last);
  writer.set(valid_from_, kept.item.valid_from);
  show_segments(segments_, kept.item.segment_count, writer);
  const WeightWord* words = kept.words();
  for (unsigned i = 0; i < std::min(kept.item.count, lanes_); ++i) {
    const WaveId id = lane0_ + i * kWeightFields;
    writer.set_signed(id, words[i].value);
    writer.set(id + 1, words[i].layer);
    writer.set(id + 2, words[i].row);
    writer.set(id + 3, words[i].column);
  }
}

StreamFields<PlacedWeights>::StreamFields(WaveTree& tree, const std::string& scope,
                                          const WaveLanes& lanes)
    : count_(tree.add(scope, "count", WaveType::number_to(lanes.most_words))),
      valid_from_(tree.add(scope, "valid_from", kNumber)),
      segments_(segments_of(tree, scope, lanes)),
      lane0_(tree.next()),
      lanes_(lanes.lanes) {
  for (unsigned i = 0; i < lanes_; ++i) {
    tree.add(scope, lane("slot", i), kNumber);
    tree.add(scope, lane("value", i), kValue);
  }
}

void StreamFields<PlacedWeights>::show(const KeptItem<PlacedWeights>& kept,
                                       WaveWriter& writer) const {
  writer.set(count_, kept.item.count);
  writer.set(valid_from_, kept.item.valid_from);
  show_segments(segments_, kept.item.segment_count, writer);
  const PlacedWord* words = kept.words();
  for (unsigned i = 0; i < std::min(kept.item.count, lanes_); ++i) {
    const WaveId id = lane0_ + i * kPlacedFields;
    writer.set(id, words[i].slot);
    writer.set_signed(id + 1, words[i].value);
  }
}

StreamFields<BatchPlaced>::StreamFields(WaveTree& tree, const std::string& scope, const WaveLanes&)
    : words_(tree.add(scope, "words", kNumber)) {}

void StreamFields<BatchPlaced>::show(const KeptItem<BatchPlaced>& kept, WaveWriter& writer) const {
  writer.set(words_, kept.item.words);
}

StreamFields<ControlMessage>::StreamFields(WaveTree& tree, const std::string& scope,
                                           const WaveLanes&)
    : kind_(tree.add(scope, "kind", WaveType::state(control_kinds()))),
      input_(tree.add(scope, "input", kNumber)),
      iteration_(tree.add(scope, "iteration", kNumber)),
      grouped_(tree.add(scope, "grouped", kBit)) {}

void StreamFields<ControlMessage>::show(const KeptItem<ControlMessage>& kept,
                                        WaveWriter& writer) const {
  writer.set(kind_, static_cast<std::uint64_t>(kept.item.kind));
  writer.set(input_, kept.item.input);
  writer.set(iteration_, kept.item.iteration);
  writer.set(grouped_, kept.item.groups != nullptr ? 1 : 0);
}

StreamFields<InputBeat>::StreamFields(WaveTree& tree, const std::string& scope, const WaveLanes&)
    : first_(tree.add(scope, "first", kNumber)),
      count_(tree.add(scope, "count", WaveType::number_to(kInputValues))),
      value0_(tree.next()) {
  for (unsigned i = 0; i < kInputValues; ++i) {
    tree.add(scope, lane("value", i), kValue);
  }
}

void StreamFields<InputBeat>::show(const KeptItem<InputBeat>& kept, WaveWriter& writer) const {
  writer.set(first_, kept.item.first);
  writer.set(count_, kept.item.count);
  for (unsigned i = 0; i < std::min(kept.item.count, kInputValues); ++i) {
    writer.set_signed(value0_ + i, kept.item.values[i]);
  }
}

StreamFields<FeatureMap>::StreamFields(WaveTree& tree, const std::string& scope, const WaveLanes&)
    : input_(tree.add(scope, "input", kNumber)),
      iteration_(tree.add(scope, "iteration", kNumber)),
      rows_(tree.add(scope, "rows", kNumber)) {}

void StreamFields<FeatureMap>::show(const KeptItem<FeatureMap>& kept, WaveWriter& writer) const {
  writer.set(input_, kept.item.input);
  writer.set(iteration_, kept.item.iteration);
  writer.set(rows_, kept.item.rows);
}

StreamFields<Decision>::StreamFields(WaveTree& tree, const std::string& scope, const WaveLanes&)
    : score_(tree.add(scope, "score", kScore)),
      prediction_(tree.add(scope, "prediction", kNumber)),
      terminate_(tree.add(scope, "terminate", kBit)),
      input_(tree.add(scope, "input", kNumber)),
      iteration_(tree.add(scope, "iteration", kNumber)) {}

void StreamFields<Decision>::show(const KeptItem<Decision>& kept, WaveWriter& writer) const {
  writer.set_signed(score_, kept.item.score);
  writer.set(prediction_, kept.item.prediction);
  writer.set(terminate_, kept.item.terminate);
  writer.set(input_, kept.item.input);
  writer.set(iteration_, kept.item.iteration);
}

}  // namespace airnn
