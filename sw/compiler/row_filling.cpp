// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/row_filling.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "sw/compiler/parallel_for.h"
#include "sw/golden/fixed_inference.h"

namespace airnn {

namespace {

/// Inputs that one task looks at.
constexpr std::size_t kInputsTogether = 16;

/// Of one layer in one iteration: how many of a group's kernels have a weight of a bin in a column.
class WeightCounts {
 public:
  WeightCounts(const Layer& layer, std::size_t bins)
      : kernels_of_group_(static_cast<std::size_t>(std::max(1, layer.kernels / layer.groups))),
        columns_(static_cast<std::size_t>(layer.columns)),
        bins_(bins),
        counts_(static_cast<std::size_t>(layer.groups) * columns_ * bins) {}

  void add(std::size_t row, std::size_t column, std::size_t bin) {
    ++counts_[(row / kernels_of_group_ * columns_ + column) * bins_ + bin];
  }
  const std::uint32_t* of(std::size_t group, std::size_t column) const {
    return &counts_[(group * columns_ + column) * bins_];
  }

 private:
  std::size_t kernels_of_group_;
  std::size_t columns_;
  std::size_t bins_;
  std::vector<std::uint32_t> counts_;
};

/// A class of activations: free bits, and the activation without them.
using ClassKey = std::pair<int, std::int32_t>;

/// How often classes of activations meet bins in one layer.
class Meetings {
 public:
  Meetings(const Layer& layer, std::size_t bins, const MatchClasses& classes)
      : layer_(layer), bins_(bins), classes_(classes) {}

  void add(const std::vector<std::int32_t>& map, const WeightCounts& weights) {
    number_classes(map);
    seen_.assign(keys_.size(), 0);
    if (layer_.kind == LayerKind::fully_connected) {
      for (std::size_t column = 0; column < map.size(); ++column) {
        see(numbers_[column]);
        settle(weights.of(0, column));
      }
      return;
    }
    const auto groups = static_cast<std::size_t>(layer_.groups);
    for (std::size_t group = 0; group < groups; ++group) {
      for (std::size_t column = 0; column < static_cast<std::size_t>(layer_.columns); ++column) {
        look_at(group, column);
        settle(weights.of(group, column));
      }
    }
  }

  void add(const Meetings& other) {
    for (std::size_t c = 0; c < other.keys_.size(); ++c) {
      const std::size_t number = number_of(other.keys_[c]);
      for (std::size_t bin = 0; bin < bins_; ++bin) {
        counts_[number * bins_ + bin] += other.counts_[c * bins_ + bin];
      }
    }
  }

  std::vector<MatchRow> most_frequent(std::size_t rows,
                                      const std::vector<std::int32_t>& centres) const {
    struct Candidate {
      std::uint64_t count;
      MatchRow row;
    };
    std::vector<Candidate> all;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      if (counts_[i] > 0) {
        const auto& [free_bits, high] = keys_[i / bins_];
        MatchRow row;
        row.bin = static_cast<std::uint8_t>(i % bins_);
        row.free_bits = static_cast<std::uint8_t>(free_bits);
        row.value = static_cast<std::int32_t>(std::int64_t{high} * (std::int64_t{1} << free_bits));
        row.product = std::int64_t{centres[row.bin]} * row.operand();
        all.push_back({counts_[i], row});
      }
    }
    std::sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) {
      return std::tuple(b.count, a.row.bin, a.row.value) <
             std::tuple(a.count, b.row.bin, b.row.value);
    });
    std::vector<MatchRow> found(rows);
    for (std::size_t i = 0; i < std::min(rows, all.size()); ++i) {
      found[i] = all[i].row;
    }
    return found;
  }

 private:
  static constexpr std::size_t kZero = ~std::size_t{0};

  std::size_t number_of(const ClassKey& key) {
    const std::int64_t packed =
        std::int64_t{key.first} << 32 | static_cast<std::uint32_t>(key.second);
    const auto [known, is_new] = numbers_of_keys_.emplace(packed, keys_.size());
    if (is_new) {
      keys_.push_back(key);
      counts_.resize(keys_.size() * bins_, 0);
    }
    return known->second;
  }

  void number_classes(const std::vector<std::int32_t>& map) {
    numbers_.resize(map.size());
    for (std::size_t i = 0; i < map.size(); ++i) {
      const int free_bits = classes_.free_bits(map[i]);
      numbers_[i] = map[i] == 0 ? kZero : number_of({free_bits, map[i] >> free_bits});
    }
  }

  void see(std::size_t number) {
    if (number != kZero && seen_[number]++ == 0) {
      touched_.push_back(number);
    }
  }

  /// The activations that a column of a group's kernels meets.
  void look_at(std::size_t group, std::size_t column) {
    const Window& window = layer_.window;
    const auto area = static_cast<std::size_t>(window.area());
    const auto in_window = static_cast<std::int32_t>(column % area);
    const std::size_t channel =
        group * static_cast<std::size_t>(layer_.input.channels / layer_.groups) + column / area;
    const std::size_t* plane = &numbers_[channel * static_cast<std::size_t>(layer_.input.height) *
                                         static_cast<std::size_t>(layer_.input.width)];
    for (std::int32_t y = 0; y < layer_.result.height; ++y) {
      const std::int32_t row = y * window.stride_h + in_window / window.kernel_w - window.pad_top;
      for (std::int32_t x = 0; x < layer_.result.width && row >= 0 && row < layer_.input.height;
           ++x) {
        const std::int32_t place =
            x * window.stride_w + in_window % window.kernel_w - window.pad_left;
        if (place >= 0 && place < layer_.input.width) {
          see(plane[row * layer_.input.width + place]);
        }
      }
    }
  }

  void settle(const std::uint32_t* weights) {
    for (const std::size_t number : touched_) {
      for (std::size_t bin = 0; bin < bins_; ++bin) {
        counts_[number * bins_ + bin] += weights[bin] * seen_[number];
      }
      seen_[number] = 0;
    }
    touched_.clear();
  }

  const Layer& layer_;
  std::size_t bins_;
  MatchClasses classes_;
  std::unordered_map<std::int64_t, std::size_t> numbers_of_keys_;
  std::vector<ClassKey> keys_;
  std::vector<std::uint64_t> counts_;  ///< [class * bins + bin]
  std::vector<std::size_t> numbers_;   ///< of the map's elements: their classes
  std::vector<std::uint64_t> seen_;    ///< by class, in the present column
  std::vector<std::size_t> touched_;   ///< classes that were seen
};

/// By iteration and layer; layers without weights have none.
using LoadedWeights = std::vector<std::map<std::size_t, WeightCounts>>;

LoadedWeights loaded_weights(const MemoryImage& image) {
  const std::vector<Layer>& layers = image.network().layers;
  std::map<std::size_t, std::map<std::int32_t, std::size_t>> bins;
  std::map<std::size_t, WeightCounts> loaded;
  for (std::size_t l = 0; l < layers.size(); ++l) {
    if (layers[l].has_weights()) {
      const std::vector<std::int32_t> centres = image.codebook(static_cast<std::uint16_t>(l));
      for (std::size_t bin = 0; bin < centres.size(); ++bin) {
        bins[l][centres[bin]] = bin;
      }
      loaded.emplace(l, WeightCounts(layers[l], centres.size()));
    }
  }
  for (auto& [l, counts] : loaded) {
    const auto columns = static_cast<std::size_t>(layers[l].columns);
    const std::vector<std::int32_t> dense = image.dense_weights(static_cast<std::uint16_t>(l));
    for (std::size_t w = 0; w < dense.size(); ++w) {
      if (dense[w] != 0) {
        counts.add(w / columns, w % columns, bins[l][dense[w]]);
      }
    }
  }
  LoadedWeights all;
  for (std::uint16_t i = 1; i <= image.info().iterations; ++i) {
    for (std::uint16_t c = 0; c < 2; ++c) {
      for (const CrsWeight& weight : image.cluster(i, c).weights()) {
        loaded.at(weight.layer).add(weight.row, weight.column, bins[weight.layer][weight.value]);
      }
    }
    all.push_back(loaded);
  }
  return all;
}

}  // namespace

std::vector<std::vector<MatchRow>> fill_match_rows(
    const MemoryImage& image, const std::vector<std::vector<std::int32_t>>& inputs,
    std::size_t rows, const MatchClasses& classes, int threads, const Checkpoint& checkpoint) {
  const std::vector<Layer>& layers = image.network().layers;
  const LoadedWeights loaded = loaded_weights(image);
  const golden::FixedInference inference(image);
  const auto meetings_of_layers = [&] {
    std::map<std::size_t, Meetings> meetings;
    for (const auto& [l, counts] : loaded.front()) {
      meetings.emplace(
          l, Meetings(layers[l], image.codebook(static_cast<std::uint16_t>(l)).size(), classes));
    }
    return meetings;
  };
  std::map<std::size_t, Meetings> sums = meetings_of_layers();
  std::mutex mutex;
  const std::size_t tasks = (inputs.size() + kInputsTogether - 1) / kInputsTogether;
  parallel_for(tasks, threads, [&](std::size_t task) {
    pass(checkpoint);
    std::map<std::size_t, Meetings> found = meetings_of_layers();
    const std::size_t end = std::min(inputs.size(), (task + 1) * kInputsTogether);
    for (std::size_t n = task * kInputsTogether; n < end; ++n) {
      for (std::size_t i = 0; i < loaded.size(); ++i) {
        const golden::Inference run = inference.run(inputs[n], static_cast<int>(i) + 1);
        for (auto& [l, meetings] : found) {
          const std::int32_t source = layers[l].source;
          meetings.add(
              source == kNetworkInput ? inputs[n] : run.outputs[static_cast<std::size_t>(source)],
              loaded[i].at(l));
        }
      }
    }
    const std::lock_guard<std::mutex> lock(mutex);
    for (auto& [l, meetings] : found) {
      sums.at(l).add(meetings);
    }
  });
  std::vector<std::vector<MatchRow>> all(layers.size());
  for (const auto& [l, meetings] : sums) {
    all[l] = meetings.most_frequent(rows, image.codebook(static_cast<std::uint16_t>(l)));
  }
  return all;
}

}  // namespace airnn
