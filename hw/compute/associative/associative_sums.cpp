// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/associative/associative_sums.h"

#include <algorithm>

#include "hw/compute/associative/bin_products.h"
#include "hw/compute/associative/matched_tile.h"

namespace airnn {

AssociativeSums::AssociativeSums(const Layer& layer, const Product& product)
    : layer_(layer), product_(product), patches_(layer) {}

void AssociativeSums::begin(const SparseKernels& kernels, const std::int32_t* input) {
  kernels_ = &kernels;
  binned_ = &kernels.binned(layer_, table_->bins());
  input_ = input;
  if (layer_.kind == LayerKind::fully_connected && table_->has_operands()) {
    if (has_tiles()) {
      list_products();
    } else {
      list_operands();
    }
  }
}

/// What a bin's weights are multiplied with.
AssociativeSums::Pixels AssociativeSums::pixels_of(std::size_t bin, std::size_t group) {
  if (table_->rows_of(bin).empty()) {
    return {patches_.operands(), patches_.stride()};
  }
  for (const std::uint32_t column : binned_->columns_of(group, bin)) {
    put_operands(*table_, bin, patches_.operands() + column * patches_.stride(),
                 &operands_[column * kTilePositions]);
  }
  return {operands_.data(), kTilePositions};
}

void AssociativeSums::load(std::int32_t group, std::int64_t first) {
  patches_.load(input_, group, first, kernels_->used_columns());
  if (!table_->has_operands()) {
    return;
  }
  const auto per_group = static_cast<std::uint32_t>(layer_.kernels / layer_.groups);
  first_kernel_ = static_cast<std::uint32_t>(group) * per_group;
  tile_sums_.assign(per_group * kTilePositions, 0);
  operands_.resize(static_cast<std::size_t>(layer_.columns) * kTilePositions);
  for (std::size_t bin = 0; bin < table_->bins(); ++bin) {
    if (binned_->columns_of(static_cast<std::size_t>(group), bin).empty()) {
      continue;
    }
    const Pixels pixels = pixels_of(bin, static_cast<std::size_t>(group));
    for (std::uint32_t kernel = 0; kernel < per_group; ++kernel) {
      const KernelWeight* begin = binned_->begin(bin, first_kernel_ + kernel);
      const KernelWeight* end = binned_->end(bin, first_kernel_ + kernel);
      if (begin != end) {
        product_.accumulate(begin, end, pixels.first, pixels.stride,
                            &tile_sums_[kernel * kTilePositions]);
      }
    }
  }
}

void AssociativeSums::add_positions(std::uint32_t kernel, std::int64_t* sums) {
  const Pixels pixels{patches_.operands(), patches_.stride()};
  for (std::size_t p = 0; p < kTilePositions; ++p) {
    sums[p] += table_->has_operands() ? tile_sums_[(kernel - first_kernel_) * kTilePositions + p]
                                      : look_up(kernel, pixels, p);
  }
}

/// By a search for each product.
std::int64_t AssociativeSums::look_up(std::uint32_t kernel, Pixels pixels,
                                      std::size_t position) const {
  std::int64_t sum = 0;
  const std::uint8_t* bin = kernels_->bins(kernel);
  for (const KernelWeight* weight = kernels_->begin(kernel); weight != kernels_->end(kernel);
       ++weight, ++bin) {
    sum += associative_product(*table_, *bin, weight->value,
                               pixels.first[weight->column * pixels.stride + position]);
  }
  return sum;
}

bool AssociativeSums::has_tiles() const {
  return table_->has_operands() && binned_->has_panels();
}

/// What the weights of each bin are multiplied with, for each input: with few weights.
void AssociativeSums::list_operands() {
  const auto columns = static_cast<std::size_t>(layer_.columns);
  operands_.resize(table_->bins() * columns);
  for (std::size_t column = 0; column < columns; ++column) {
    const std::int32_t pixel = input_[column];
    const std::size_t interval = table_->interval_of(pixel);
    for (std::size_t bin = 0; bin < table_->bins(); ++bin) {
      const std::int32_t row = pixel == 0
                                   ? MatchTable::kNoRow
                                   : table_->row_of(interval, static_cast<std::uint8_t>(bin));
      operands_[bin * columns + column] = row == MatchTable::kNoRow ? pixel : table_->operand(row);
    }
  }
}

void AssociativeSums::list_products() {
  columns_.clear();
  products_.clear();
  const std::size_t bins = padded_bins(table_->bins());
  for (std::uint32_t column = 0; column < static_cast<std::uint32_t>(layer_.columns); ++column) {
    const std::int32_t pixel = input_[column];
    if (pixel == 0) {
      continue;
    }
    columns_.push_back(column);
    const std::size_t interval = table_->interval_of(pixel);
    for (std::size_t bin = 0; bin < bins; ++bin) {
      std::int64_t product = 0;
      if (bin < table_->bins()) {
        const std::int32_t row = table_->row_of(interval, static_cast<std::uint8_t>(bin));
        product = std::int64_t{table_->centres()[bin]} *
                  (row == MatchTable::kNoRow ? pixel : table_->operand(row));
      }
      products_.push_back(product);
    }
  }
}

void AssociativeSums::add_neurons(std::uint32_t tile, std::int64_t* sums) {
  add_bin_products(columns_, products_, padded_bins(table_->bins()), binned_->panel(tile), sums);
}

std::int64_t AssociativeSums::neuron(std::uint32_t kernel) {
  if (!table_->has_operands()) {
    return look_up(kernel, {input_, 1}, 0);
  }
  std::int64_t sum = 0;
  for (std::size_t bin = 0; bin < table_->bins(); ++bin) {
    sum += product_.dot(binned_->begin(bin, kernel), binned_->end(bin, kernel),
                        operands_.data() + bin * static_cast<std::size_t>(layer_.columns));
  }
  return sum;
}

}  // namespace airnn
