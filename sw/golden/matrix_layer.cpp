// SPDX-License-Identifier: Apache-2.0
#include "sw/golden/matrix_layer.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace airnn::golden {

namespace {

std::size_t index(std::int64_t value) {
  return static_cast<std::size_t>(value);
}

}  // namespace

MatrixLayer::MatrixLayer(const Layer& layer, MultiplyTile multiply)
    : layer_(layer), multiply_(multiply) {
  if (layer.kind == LayerKind::fully_connected) {
    return;
  }
  const Window& w = layer.window;
  positions_ = index(std::int64_t{layer.result.height} * layer.result.width);
  // What an exporter's rounding leaves unread at the end of the map stays there: windows decide.
  padded_height_ = index(std::max(layer.input.height + w.pad_top,
                                  (layer.result.height - 1) * w.stride_h + w.kernel_h));
  padded_width_ = index(
      std::max(layer.input.width + w.pad_left, (layer.result.width - 1) * w.stride_w + w.kernel_w));
  pads_ = padded_height_ != index(layer.input.height) || padded_width_ != index(layer.input.width);
  for (std::int32_t c = 0; c < layer.input.channels / layer.groups; ++c) {
    for (std::int32_t y = 0; y < w.kernel_h; ++y) {
      for (std::int32_t x = 0; x < w.kernel_w; ++x) {
        column_offset_.push_back((index(c) * padded_height_ + index(y)) * padded_width_ + index(x));
      }
    }
  }
  for (std::int32_t y = 0; y < layer.result.height; ++y) {
    for (std::int32_t x = 0; x < layer.result.width; ++x) {
      position_offset_.push_back(index(y) * index(w.stride_h) * padded_width_ +
                                 index(x) * index(w.stride_w));
    }
  }
  position_offset_.resize(panel_width(positions_), 0);
  for (std::size_t p = 0; p < position_offset_.size(); p += kTileStep) {
    bool neighbours = true;
    for (std::size_t i = 1; i < kTileStep; ++i) {
      neighbours = neighbours && position_offset_[p + i] == position_offset_[p] + i;
    }
    contiguous_.push_back(neighbours);
  }
}

MatrixLayer::MatrixLayer(const Layer& layer, std::shared_ptr<const ProductRows> products)
    : MatrixLayer(layer, MultiplyTile{}) {
  products_ = std::move(products);
}

std::vector<std::int64_t> MatrixLayer::accumulate(const std::vector<std::int32_t>& input,
                                                  const LayerWeights& weights) const {
  std::vector<std::int64_t> sums(index(layer_.result.size()));
  if (layer_.kind == LayerKind::fully_connected) {
    if (weights.panels.empty()) {
      connect_weights(input, weights, sums.data());
    } else {
      connect_panels(input, weights, sums.data());
    }
    return sums;
  }
  const std::vector<std::int32_t> copy = pads_ ? padded(input) : std::vector<std::int32_t>{};
  const std::int32_t* map = pads_ ? copy.data() : input.data();
  std::vector<std::int32_t> panel(index(layer_.columns) * kTileWidth);
  for (std::size_t group = 0; group < index(layer_.groups); ++group) {
    convolve_group(group, map, weights, panel, sums.data());
  }
  return sums;
}

void MatrixLayer::convolve_group(std::size_t group, const std::int32_t* map,
                                 const LayerWeights& weights, std::vector<std::int32_t>& panel,
                                 std::int64_t* sums) const {
  const auto& columns = weights.used_columns[group];
  if (columns.empty()) {
    return;
  }
  const std::size_t kernels = index(layer_.kernels / layer_.groups);
  const std::size_t channels = index(layer_.input.channels / layer_.groups);
  map += group * channels * padded_height_ * padded_width_;
  std::int64_t tile[kTileWidth];
  for (std::size_t position = 0; position < positions_; position += kTileWidth) {
    const std::size_t wanted = std::min(kTileWidth, positions_ - position);
    const std::size_t width = panel_width(wanted);
    gather(columns, map, position, width, panel.data());
    for (std::size_t m = group * kernels; m < (group + 1) * kernels; ++m) {
      const std::size_t count = weights.first[m + 1] - weights.first[m];
      if (count > 0) {
        const Term* terms = &weights.terms[weights.first[m]];
        if (products_ != nullptr) {
          products_->multiply_tile(terms, count, panel.data(), width, tile);
        } else {
          multiply_(terms, count, panel.data(), width, tile);
        }
        std::copy(tile, tile + wanted, sums + m * positions_ + position);
      }
    }
  }
}

void MatrixLayer::gather(const std::vector<std::int32_t>& columns, const std::int32_t* map,
                         std::size_t position, std::size_t width, std::int32_t* panel) const {
  for (std::size_t step = 0; step < width; step += kTileStep) {
    const std::size_t* corners = &position_offset_[position + step];
    const bool neighbours = contiguous_[(position + step) / kTileStep];
    for (const std::int32_t column : columns) {
      const std::int32_t* from = map + column_offset_[index(column)];
      std::int32_t* to = panel + index(column) * width + step;
      if (neighbours) {
        std::memcpy(to, from + corners[0], kTileStep * sizeof *to);
      } else {
        for (std::size_t i = 0; i < kTileStep; ++i) {
          to[i] = from[corners[i]];
        }
      }
    }
  }
}

std::vector<std::int32_t> MatrixLayer::padded(const std::vector<std::int32_t>& input) const {
  const MapShape& in = layer_.input;
  std::vector<std::int32_t> map(index(in.channels) * padded_height_ * padded_width_, 0);
  for (std::size_t c = 0; c < index(in.channels); ++c) {
    for (std::size_t y = 0; y < index(in.height); ++y) {
      const std::int32_t* from = &input[(c * index(in.height) + y) * index(in.width)];
      const std::size_t row = c * padded_height_ + y + index(layer_.window.pad_top);
      std::copy(from, from + in.width, &map[row * padded_width_ + index(layer_.window.pad_left)]);
    }
  }
  return map;
}

void MatrixLayer::connect_panels(const std::vector<std::int32_t>& input,
                                 const LayerWeights& weights, std::int64_t* sums) const {
  const std::size_t neurons = index(layer_.kernels);
  std::vector<Term> terms;  // inputs that are zero, most of them behind a ReLU, are left out
  terms.reserve(input.size());
  for (std::size_t i = 0; i < input.size(); ++i) {
    if (input[i] != 0) {
      terms.push_back({static_cast<std::int32_t>(i), input[i]});
    }
  }
  std::int64_t tile[kTileWidth];
  for (std::size_t begin = 0; begin < neurons; begin += kTileWidth) {
    const std::size_t wanted = std::min(kTileWidth, neurons - begin);
    multiply_(terms.data(), terms.size(), &weights.panels[input.size() * begin],
              panel_width(wanted), tile);
    std::copy(tile, tile + wanted, sums + begin);
  }
}

void MatrixLayer::connect_weights(const std::vector<std::int32_t>& input,
                                  const LayerWeights& weights, std::int64_t* sums) const {
  for (std::size_t m = 0; m < index(layer_.kernels); ++m) {
    std::int64_t sum = 0;
    for (std::size_t i = weights.first[m]; i < weights.first[m + 1]; ++i) {
      const Term& term = weights.terms[i];
      const std::int32_t x = input[index(term.row)];
      sum +=
          products_ != nullptr ? products_->product(term.value, x) : std::int64_t{term.value} * x;
    }
    sums[m] = sum;
  }
}

}  // namespace airnn::golden
