// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "hw/common/beats.h"
#include "hw/wave/wave_writer.h"

namespace airnn {

/// An item that was sent, kept until it is shown. What it points to may go before that: words
/// without a content name are copied.
template <typename T>
struct KeptItem {
  explicit KeptItem(const T& sent) : item(sent) {}
  T item;
};

template <typename Beat, typename Word>
struct KeptWords {
  explicit KeptWords(const Beat& sent) : item(sent) {
    if (sent.content == 0) {
      copy.assign(sent.words, sent.words + sent.count);
    }
  }
  const Word* words() const { return item.content == 0 ? copy.data() : item.words; }
  Beat item;
  std::vector<Word> copy;
};

template <>
struct KeptItem<WeightBeat> : KeptWords<WeightBeat, WeightWord> {
  using KeptWords::KeptWords;
};
template <>
struct KeptItem<PlacedWeights> : KeptWords<PlacedWeights, PlacedWord> {
  using KeptWords::KeptWords;
};

/// Words of a beat that have wires, and how many it may have: more, where they are lines.
struct WaveLanes {
  unsigned lanes;
  unsigned most_words;
  bool has_lines = false;

  WaveLanes(unsigned words) : lanes(words), most_words(words) {}  // NOLINT: as plain words have it
};

/// The wires of an item, one class per type of beats.h.
template <typename T>
class StreamFields;

template <>
class StreamFields<InputJob> {
 public:
  StreamFields(WaveTree& tree, const std::string& scope, const WaveLanes& lanes);
  void show(const KeptItem<InputJob>& kept, WaveWriter& writer) const;

 private:
  WaveId address_, input_;
};

template <>
class StreamFields<InputResult> {
 public:
  StreamFields(WaveTree& tree, const std::string& scope, const WaveLanes& lanes);
  void show(const KeptItem<InputResult>& kept, WaveWriter& writer) const;

 private:
  WaveId input_, prediction_, iterations_, score_;
};

template <>
class StreamFields<WeightBeat> {
 public:
  StreamFields(WaveTree& tree, const std::string& scope, const WaveLanes& lanes);
  void show(const KeptItem<WeightBeat>& kept, WaveWriter& writer) const;

 private:
  WaveId count_, last_, valid_from_;
  std::optional<WaveId> segments_;
  WaveId lane0_;  ///< value, layer, row, column of lane 0, of lane 1..
  unsigned lanes_;
};

template <>
class StreamFields<PlacedWeights> {
 public:
  StreamFields(WaveTree& tree, const std::string& scope, const WaveLanes& lanes);
  void show(const KeptItem<PlacedWeights>& kept, WaveWriter& writer) const;

 private:
  WaveId count_, valid_from_;
  std::optional<WaveId> segments_;
  WaveId lane0_;  ///< slot, value of lane 0, of lane 1, ...
  unsigned lanes_;
};

template <>
class StreamFields<BatchPlaced> {
 public:
  StreamFields(WaveTree& tree, const std::string& scope, const WaveLanes& lanes);
  void show(const KeptItem<BatchPlaced>& kept, WaveWriter& writer) const;

 private:
  WaveId words_;
};

template <>
class StreamFields<ControlMessage> {
 public:
  StreamFields(WaveTree& tree, const std::string& scope, const WaveLanes& lanes);
  void show(const KeptItem<ControlMessage>& kept, WaveWriter& writer) const;

 private:
  WaveId kind_, input_, iteration_, grouped_;
};

template <>
class StreamFields<InputBeat> {
 public:
  StreamFields(WaveTree& tree, const std::string& scope, const WaveLanes& lanes);
  void show(const KeptItem<InputBeat>& kept, WaveWriter& writer) const;

 private:
  WaveId first_, count_, value0_;
};

template <>
class StreamFields<FeatureMap> {
 public:
  StreamFields(WaveTree& tree, const std::string& scope, const WaveLanes& lanes);
  void show(const KeptItem<FeatureMap>& kept, WaveWriter& writer) const;

 private:
  WaveId input_, iteration_, rows_;
};

template <>
class StreamFields<Decision> {
 public:
  StreamFields(WaveTree& tree, const std::string& scope, const WaveLanes& lanes);
  void show(const KeptItem<Decision>& kept, WaveWriter& writer) const;

 private:
  WaveId score_, prediction_, terminate_, input_, iteration_;
};

}  // namespace airnn
