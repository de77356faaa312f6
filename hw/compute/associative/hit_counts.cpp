// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/associative/hit_counts.h"

#include <algorithm>

namespace airnn {

namespace {

class Counter {
 public:
  Counter(const Layer& layer, const MatchTable& table, const BinnedKernels& kernels,
          const std::int32_t* input)
      : layer_(layer),
        table_(table),
        kernels_(kernels),
        zero_(table.intervals()),
        positions_(table.intervals() + 1) {
    intervals_.resize(static_cast<std::size_t>(layer.input.size()));
    for (std::size_t i = 0; i < intervals_.size(); ++i) {
      intervals_[i] =
          static_cast<std::uint16_t>(input[i] == 0 ? zero_ : table.interval_of(input[i]));
    }
  }

  HitCounts count() {
    if (layer_.kind == LayerKind::fully_connected) {
      for (std::size_t column = 0; column < intervals_.size(); ++column) {
        std::fill(positions_.begin(), positions_.end(), 0);
        positions_[intervals_[column]] = 1;
        add_column(0, column, 1);
      }
      return counts_;
    }
    const std::size_t groups = static_cast<std::size_t>(layer_.groups);
    const std::size_t channels = static_cast<std::size_t>(layer_.input.channels) / groups;
    for (std::size_t group = 0; group < groups; ++group) {
      for (std::size_t column = 0; column < static_cast<std::size_t>(layer_.columns); ++column) {
        if (kernels_.count(group, column) != 0) {
          look_at(group * channels, column);
          add_column(group, column,
                     static_cast<std::uint64_t>(layer_.result.height) *
                         static_cast<std::uint64_t>(layer_.result.width));
        }
      }
    }
    return counts_;
  }

 private:
  /// How many positions see a pixel of each interval in this column; those outside of the map see
  /// zero.
  void look_at(std::size_t first_channel, std::size_t column) {
    std::fill(positions_.begin(), positions_.end(), 0);
    const Window& window = layer_.window;
    const auto area = static_cast<std::size_t>(window.area());
    const auto y = static_cast<std::int32_t>(column % area) / window.kernel_w - window.pad_top;
    const auto x = static_cast<std::int32_t>(column % area) % window.kernel_w - window.pad_left;
    const std::uint16_t* plane =
        intervals_.data() + (first_channel + column / area) *
                                static_cast<std::size_t>(layer_.input.height) *
                                static_cast<std::size_t>(layer_.input.width);
    for (std::int32_t row = 0; row < layer_.result.height; ++row) {
      const std::int32_t iy = row * window.stride_h + y;
      if (iy < 0 || iy >= layer_.input.height) {
        positions_[zero_] += static_cast<std::uint64_t>(layer_.result.width);
        continue;
      }
      const std::uint16_t* line =
          plane + static_cast<std::size_t>(iy) * static_cast<std::size_t>(layer_.input.width);
      for (std::int32_t place = 0; place < layer_.result.width; ++place) {
        const std::int32_t ix = place * window.stride_w + x;
        ++positions_[ix < 0 || ix >= layer_.input.width ? zero_ : line[ix]];
      }
    }
  }

  void add_column(std::size_t group, std::size_t column, std::uint64_t positions) {
    const std::uint64_t weights = kernels_.count(group, column);
    counts_.zeros += weights * positions_[zero_];
    counts_.searches += weights * (positions - positions_[zero_]);
    for (std::size_t row = 0; row < table_.rows().size(); ++row) {
      const std::vector<std::size_t>& matched = table_.intervals_of(row);
      if (matched.empty()) {
        continue;
      }
      const std::uint64_t of_bin = kernels_.count(group, column, table_.rows()[row].bin);
      for (const std::size_t interval : matched) {
        counts_.hits += of_bin * positions_[interval];
      }
    }
  }

  const Layer& layer_;
  const MatchTable& table_;
  const BinnedKernels& kernels_;
  const std::size_t zero_;  ///< in the place of an interval, pixels that are zero
  std::vector<std::uint64_t> positions_;
  std::vector<std::uint16_t> intervals_;
  HitCounts counts_;
};

}  // namespace

HitCounts count_hits(const Layer& layer, const MatchTable& table, const BinnedKernels& kernels,
                     const std::int32_t* input) {
  return Counter(layer, table, kernels, input).count();
}

}  // namespace airnn
